// Everybody who sees the page can read the token. Let it be one that may only upload, from this origin alone:
// imagehost client waline --new-token --origin https://blog.example.com
const imageUploader = async (picture) => {
  const form = new FormData();
  form.append('image', picture);
  const answer = await fetch('{{server}}/api/upload', {
    method: 'POST',
    headers: { Authorization: 'Bearer {{token}}', 'Accept-Language': '{{language}}' },
    body: form,
  });
  const { message, data } = await answer.json();
  if (!answer.ok) {
    throw new Error(message);
  }
  return data.url;
};
// Waline.init({ el: '#waline', serverURL: 'https://comments.example.com', imageUploader });
