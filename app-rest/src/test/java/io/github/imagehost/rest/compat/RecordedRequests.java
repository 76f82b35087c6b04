package io.github.imagehost.rest.compat;

import java.util.stream.Stream;

/** One request of every client whose requests are known, as it was recorded. */
final class RecordedRequests {

    private RecordedRequests() {}

    static Stream<RecordedRequest> all() {
        return Stream.of(
                new RecordedRequest("picgo-plugin-lsky-uploader", Reading.LSKY, false, """
                        POST /api/v1/upload HTTP/1.1
                        contentType: multipart/form-data
                        Accept: application/json
                        Authorization: Bearer TOKEN
                        User-Agent: PicGo
                        Content-Type: multipart/form-data; boundary=--------------------------412381095361234567890123
                        Content-Length: LENGTH
                        Host: 127.0.0.1
                        Connection: close

                        ----------------------------412381095361234567890123
                        Content-Disposition: form-data; name="file"; filename="NAME"
                        Content-Type: image/png

                        """, """

                        ----------------------------412381095361234567890123
                        Content-Disposition: form-data; name="ssl"

                        true
                        ----------------------------412381095361234567890123--
                        """),
                new RecordedRequest(
                        "picgo-plugin-lankong as V2, PicList's lskyplist: the token as it was typed",
                        Reading.LSKY,
                        false,
                        """
                        POST /api/v1/upload HTTP/1.1
                        User-Agent: PicGo
                        Accept: application/json
                        Authorization: TOKEN
                        Content-Type: multipart/form-data; boundary=--------------------------412381095361234567890123
                        Content-Length: LENGTH
                        Host: 127.0.0.1
                        Connection: close

                        ----------------------------412381095361234567890123
                        Content-Disposition: form-data; name="file"; filename="NAME"
                        Content-Type: image/png

                        """,
                        """

                        ----------------------------412381095361234567890123
                        Content-Disposition: form-data; name="ssl"

                        true
                        ----------------------------412381095361234567890123
                        Content-Disposition: form-data; name="strategy_id"

                        1
                        ----------------------------412381095361234567890123
                        Content-Disposition: form-data; name="album_id"

                        7
                        ----------------------------412381095361234567890123
                        Content-Disposition: form-data; name="permission"

                        0
                        ----------------------------412381095361234567890123--
                        """),
                new RecordedRequest("picgo-plugin-lankong as V1, PicList's default", Reading.OLD_LSKY, false, """
                        POST /api/upload HTTP/1.1
                        User-Agent: PicGo
                        token: TOKEN
                        Content-Type: multipart/form-data; boundary=--------------------------412381095361234567890123
                        Content-Length: LENGTH
                        Host: 127.0.0.1
                        Connection: close

                        ----------------------------412381095361234567890123
                        Content-Disposition: form-data; name="image"; filename="NAME"
                        Content-Type: image/png

                        """, """

                        ----------------------------412381095361234567890123
                        Content-Disposition: form-data; name="ssl"

                        true
                        ----------------------------412381095361234567890123--
                        """),
                new RecordedRequest("picgo-plugin-web-uploader", Reading.OURS, false, """
                        POST /api/upload HTTP/1.1
                        contentType: multipart/form-data
                        User-Agent: PicGo
                        Authorization: Bearer TOKEN
                        Content-Type: multipart/form-data; boundary=--------------------------412381095361234567890123
                        Content-Length: LENGTH
                        Host: 127.0.0.1
                        Connection: close

                        ----------------------------412381095361234567890123
                        Content-Disposition: form-data; name="folder"

                        cats
                        ----------------------------412381095361234567890123
                        Content-Disposition: form-data; name="image"; filename="NAME"
                        Content-Type: image/png

                        """, """

                        ----------------------------412381095361234567890123--
                        """),
                new RecordedRequest("PicList's advanced custom uploader", Reading.OURS, false, """
                        POST /api/upload HTTP/1.1
                        Accept: application/json, text/plain, */*
                        Authorization: Bearer TOKEN
                        User-Agent: axios/1.7.9
                        Content-Type: multipart/form-data; boundary=axios-1.7.9-boundary-Qk3
                        Content-Length: LENGTH
                        Host: 127.0.0.1
                        Connection: close

                        --axios-1.7.9-boundary-Qk3
                        Content-Disposition: form-data; name="image"; filename="NAME"
                        Content-Type: image/png

                        """, """

                        --axios-1.7.9-boundary-Qk3--
                        """),
                new RecordedRequest(
                        "Obsidian's image-auto-upload on a phone, to a server of PicList's",
                        Reading.PICGO,
                        false,
                        """
                        POST /upload?key=TOKEN HTTP/1.1
                        user-agent: obsidian
                        Content-Type: multipart/form-data; boundary=----WebKitFormBoundaryObs1
                        Content-Length: LENGTH
                        Host: 127.0.0.1
                        Connection: close

                        ------WebKitFormBoundaryObs1
                        Content-Disposition: form-data; name="list"; filename="NAME"
                        Content-Type: application/octet-stream

                        """,
                        """

                        ------WebKitFormBoundaryObs1--
                        """),
                new RecordedRequest(
                        "the same to one of PicGo's, with a whole path for a name", Reading.PICGO, false, """
                        POST /upload?secret=TOKEN HTTP/1.1
                        user-agent: obsidian
                        Content-Type: multipart/form-data; boundary=----obsidian
                        Content-Length: LENGTH
                        Host: 127.0.0.1
                        Connection: close

                        ------obsidian
                        Content-Disposition: form-data; name="files"; filename="C:\\Users\\me\\vault\\NAME"
                        Content-Type: application/octet-stream

                        """, """

                        ------obsidian--
                        """),
                new RecordedRequest("PicList's own uploader to another PicList", Reading.PICGO, false, """
                        POST /upload?picbed=&configName=&key=TOKEN HTTP/1.1
                        User-Agent: PicList
                        Content-Type: multipart/form-data; boundary=--------------------------412381095361234567890123
                        Content-Length: LENGTH
                        Host: 127.0.0.1
                        Connection: close

                        ----------------------------412381095361234567890123
                        Content-Disposition: form-data; name="file"; filename="NAME"
                        Content-Type: image/png

                        """, """

                        ----------------------------412381095361234567890123--
                        """),
                new RecordedRequest("PicGo 2 with its header", Reading.PICGO, false, """
                        POST /upload HTTP/1.1
                        X-PicGo-Secret: TOKEN
                        Content-Type: multipart/form-data; boundary=--------------------------412381095361234567890123
                        Content-Length: LENGTH
                        Host: 127.0.0.1
                        Connection: close

                        ----------------------------412381095361234567890123
                        Content-Disposition: form-data; name="file"; filename="NAME"
                        Content-Type: image/png

                        """, """

                        ----------------------------412381095361234567890123--
                        """),
                new RecordedRequest("Twikoo to PicList", Reading.PICGO, false, """
                        POST /upload?key=TOKEN HTTP/1.1
                        Accept: application/json, text/plain, */*
                        User-Agent: axios/0.27.2
                        Content-Type: multipart/form-data; boundary=--------------------------412381095361234567890123
                        Content-Length: LENGTH
                        Host: 127.0.0.1
                        Connection: close

                        ----------------------------412381095361234567890123
                        Content-Disposition: form-data; name="file"; filename="NAME"
                        Content-Type: image/png

                        """, """

                        ----------------------------412381095361234567890123--
                        """),
                new RecordedRequest("Twikoo to Lsky Pro", Reading.LSKY, false, """
                        POST /api/v1/upload HTTP/1.1
                        Accept: application/json, text/plain, */*
                        Authorization: Bearer TOKEN
                        User-Agent: axios/0.27.2
                        Content-Type: multipart/form-data; boundary=--------------------------412381095361234567890123
                        Content-Length: LENGTH
                        Host: 127.0.0.1
                        Connection: close

                        ----------------------------412381095361234567890123
                        Content-Disposition: form-data; name="file"; filename="NAME"
                        Content-Type: image/png

                        """, """

                        ----------------------------412381095361234567890123--
                        """),
                new RecordedRequest("Twikoo to EasyImages", Reading.EASYIMAGES, false, """
                        POST /api/index.php HTTP/1.1
                        Accept: application/json, text/plain, */*
                        User-Agent: Twikoo
                        Content-Type: multipart/form-data; boundary=--------------------------412381095361234567890123
                        Content-Length: LENGTH
                        Host: 127.0.0.1
                        Connection: close

                        ----------------------------412381095361234567890123
                        Content-Disposition: form-data; name="token"

                        TOKEN
                        ----------------------------412381095361234567890123
                        Content-Disposition: form-data; name="image"; filename="NAME"
                        Content-Type: image/png

                        """, """

                        ----------------------------412381095361234567890123--
                        """),
                new RecordedRequest("Twikoo to Chevereto", Reading.CHEVERETO, false, """
                        POST /api/1/upload HTTP/1.1
                        Accept: application/json, text/plain, */*
                        User-Agent: axios/0.27.2
                        Content-Type: multipart/form-data; boundary=--------------------------412381095361234567890123
                        Content-Length: LENGTH
                        Host: 127.0.0.1
                        Connection: close

                        ----------------------------412381095361234567890123
                        Content-Disposition: form-data; name="key"

                        TOKEN
                        ----------------------------412381095361234567890123
                        Content-Disposition: form-data; name="source"; filename="NAME"
                        Content-Type: image/png

                        """, """

                        ----------------------------412381095361234567890123
                        Content-Disposition: form-data; name="format"

                        json
                        ----------------------------412381095361234567890123--
                        """),
                new RecordedRequest(
                        "Obsidian's lskypro-auto-upload: fetch in a browser", Reading.LSKY, false, """
                        POST /api/v1/upload HTTP/1.1
                        Origin: app://obsidian.md
                        Sec-Fetch-Site: cross-site
                        Sec-Fetch-Mode: cors
                        Accept: */*
                        authorization: Bearer TOKEN
                        Content-Type: multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW
                        Content-Length: LENGTH
                        Host: 127.0.0.1
                        Connection: close

                        ------WebKitFormBoundary7MA4YWxkTrZu0gW
                        Content-Disposition: form-data; name="file"; filename="NAME"
                        Content-Type: image/png

                        """, """

                        ------WebKitFormBoundary7MA4YWxkTrZu0gW
                        Content-Disposition: form-data; name="strategy_id"

                        1
                        ------WebKitFormBoundary7MA4YWxkTrZu0gW--
                        """),
                new RecordedRequest("Waline in a blog: fetch in a browser", Reading.LSKY, false, """
                        POST /api/v1/upload HTTP/1.1
                        Origin: https://blog.example
                        Sec-Fetch-Site: cross-site
                        authorization: Bearer TOKEN
                        Content-Type: multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW
                        Content-Length: LENGTH
                        Host: 127.0.0.1
                        Connection: close

                        ------WebKitFormBoundary7MA4YWxkTrZu0gW
                        Content-Disposition: form-data; name="file"; filename="NAME"
                        Content-Type: image/png

                        """, """

                        ------WebKitFormBoundary7MA4YWxkTrZu0gW--
                        """),
                new RecordedRequest("Halo's halo-lsky-pro", Reading.LSKY, false, """
                        POST /api/v1/upload HTTP/1.1
                        Accept: application/json
                        Authorization: Bearer TOKEN
                        User-Agent: ReactorNetty/1.1.13
                        Content-Type: multipart/form-data; boundary=Jm8dQkSa9
                        Content-Length: LENGTH
                        Host: 127.0.0.1
                        Connection: close

                        --Jm8dQkSa9
                        Content-Disposition: form-data; name="file"; filename="NAME"
                        Content-Type: image/png
                        Content-Length: 4711

                        """, """

                        --Jm8dQkSa9
                        Content-Disposition: form-data; name="strategy_id"

                        1
                        --Jm8dQkSa9
                        Content-Disposition: form-data; name="album_id"

                        2
                        --Jm8dQkSa9--
                        """),
                new RecordedRequest("ShareX to Chevereto", Reading.CHEVERETO, false, """
                        POST /api/1/upload HTTP/1.1
                        User-Agent: ShareX/15.0.0
                        Content-Type: multipart/form-data; boundary=--------------------8dc5a0f3b7c1e2d
                        Content-Length: LENGTH
                        Host: 127.0.0.1
                        Connection: close

                        ----------------------8dc5a0f3b7c1e2d
                        Content-Disposition: form-data; name="key"

                        TOKEN
                        ----------------------8dc5a0f3b7c1e2d
                        Content-Disposition: form-data; name="format"

                        json
                        ----------------------8dc5a0f3b7c1e2d
                        Content-Disposition: form-data; name="source"; filename="NAME"
                        Content-Type: image/png

                        """, """

                        ----------------------8dc5a0f3b7c1e2d--
                        """),
                new RecordedRequest("ShareX with a settings file", Reading.OURS, false, """
                        POST /api/upload HTTP/1.1
                        User-Agent: ShareX/15.0.0
                        Authorization: Bearer TOKEN
                        Content-Type: multipart/form-data; boundary=--------------------8dc5a0f3b7c1e2d
                        Content-Length: LENGTH
                        Host: 127.0.0.1
                        Connection: close

                        ----------------------8dc5a0f3b7c1e2d
                        Content-Disposition: form-data; name="image"; filename="NAME"
                        Content-Type: image/png

                        """, """

                        ----------------------8dc5a0f3b7c1e2d--
                        """),
                new RecordedRequest("upgit to Lsky Pro", Reading.LSKY, false, """
                        POST /api/v1/upload HTTP/1.1
                        User-Agent: UPGIT/0.2
                        Accept: application/json
                        Authorization: TOKEN
                        Content-Type: multipart/form-data; boundary=0b1cfa5d2f0a4bd7b8e2
                        Content-Length: LENGTH
                        Host: 127.0.0.1
                        Connection: close

                        --0b1cfa5d2f0a4bd7b8e2
                        Content-Disposition: form-data; name="token"

                        TOKEN
                        --0b1cfa5d2f0a4bd7b8e2
                        Content-Disposition: form-data; name="file"; filename="NAME"
                        Content-Type: application/octet-stream

                        """, """

                        --0b1cfa5d2f0a4bd7b8e2--
                        """),
                new RecordedRequest(
                        "upgit to Chevereto: base64, and the key in the address and behind it",
                        Reading.CHEVERETO,
                        true,
                        """
                        POST /api/1/upload?key=TOKEN HTTP/1.1
                        User-Agent: UPGIT/0.2
                        Content-Type: multipart/form-data; boundary=0b1cfa5d2f0a4bd7b8e2
                        Content-Length: LENGTH
                        Host: 127.0.0.1
                        Connection: close

                        --0b1cfa5d2f0a4bd7b8e2
                        Content-Disposition: form-data; name="action"

                        upload
                        --0b1cfa5d2f0a4bd7b8e2
                        Content-Disposition: form-data; name="source"

                        """,
                        """

                        --0b1cfa5d2f0a4bd7b8e2
                        Content-Disposition: form-data; name="key"

                        TOKEN
                        --0b1cfa5d2f0a4bd7b8e2
                        Content-Disposition: form-data; name="format"

                        json
                        --0b1cfa5d2f0a4bd7b8e2--
                        """),
                new RecordedRequest("the same with the key only behind it", Reading.CHEVERETO, true, """
                        POST /api/1/upload HTTP/1.1
                        User-Agent: UPGIT/0.2
                        Content-Type: multipart/form-data; boundary=0b1cfa5d2f0a4bd7b8e2
                        Content-Length: LENGTH
                        Host: 127.0.0.1
                        Connection: close

                        --0b1cfa5d2f0a4bd7b8e2
                        Content-Disposition: form-data; name="source"

                        """, """

                        --0b1cfa5d2f0a4bd7b8e2
                        Content-Disposition: form-data; name="format"

                        json
                        --0b1cfa5d2f0a4bd7b8e2
                        Content-Disposition: form-data; name="key"

                        TOKEN
                        --0b1cfa5d2f0a4bd7b8e2--
                        """),
                new RecordedRequest("upgit to EasyImages", Reading.EASYIMAGES, false, """
                        POST /api/index.php HTTP/1.1
                        User-Agent: UPGIT/0.2
                        Content-Type: multipart/form-data; boundary=0b1cfa5d2f0a4bd7b8e2
                        Content-Length: LENGTH
                        Host: 127.0.0.1
                        Connection: close

                        --0b1cfa5d2f0a4bd7b8e2
                        Content-Disposition: form-data; name="image"; filename="NAME"
                        Content-Type: application/octet-stream

                        """, """

                        --0b1cfa5d2f0a4bd7b8e2
                        Content-Disposition: form-data; name="token"

                        TOKEN
                        --0b1cfa5d2f0a4bd7b8e2--
                        """),
                new RecordedRequest("curl to imgBB", Reading.IMGBB, false, """
                        POST /api/1/upload?expiration=600&key=TOKEN HTTP/1.1
                        User-Agent: curl/7.88.1
                        Accept: */*
                        Content-Type: multipart/form-data; boundary=------------------------d74496d66958873e
                        Content-Length: LENGTH
                        Host: 127.0.0.1
                        Connection: close

                        --------------------------d74496d66958873e
                        Content-Disposition: form-data; name="image"; filename="NAME"
                        Content-Type: image/png

                        """, """

                        --------------------------d74496d66958873e--
                        """),
                new RecordedRequest("uPic's custom host", Reading.OURS, false, """
                        POST /api/upload HTTP/1.1
                        User-Agent: uPic/0.21.1
                        Authorization: Bearer TOKEN
                        Content-Type: multipart/form-data; boundary=alamofire.boundary.9d2f6a0c1b
                        Content-Length: LENGTH
                        Host: 127.0.0.1
                        Connection: close

                        --alamofire.boundary.9d2f6a0c1b
                        Content-Disposition: form-data; name="ssl"

                        1
                        --alamofire.boundary.9d2f6a0c1b
                        Content-Disposition: form-data; name="image"; filename="NAME"
                        Content-Type: image/png

                        """, """

                        --alamofire.boundary.9d2f6a0c1b--
                        """));
    }
}
