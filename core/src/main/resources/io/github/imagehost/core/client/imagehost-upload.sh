#!/bin/sh
# Uploads the pictures that are named, and prints a link for each, one a line: imagehost-upload.sh PATH...
# In Typora: Preferences, Image, Image Uploader "Custom Command", and as the command the path of this file.
server='{{server}}'
token='{{token}}'

# curl reads the token from a file, so that nobody sees it in the list of processes
upload() {
  printf 'header = "Authorization: Bearer %s"\n' "$token" | curl --config - --silent --show-error --globoff \
    --max-time 300 --header 'Accept-Language: {{language}}' --upload-file "$1" "$server/api/upload/"
}

value_of() { printf '%s\n' "$2" | sed -n 's/^.*[{,]"'"$1"'":"\([^"]*\)".*$/\1/p'; }

failed=0
for picture in "$@"; do
  answer=$(upload "$picture") || { failed=1; continue; }
  link=$(value_of url "$answer")
  if [ -n "$link" ]; then
    printf '%s\n' "$link"
  else
    printf '%s: %s\n' "$picture" "$(value_of message "$answer")" >&2
    failed=1
  fi
done
exit "$failed"
