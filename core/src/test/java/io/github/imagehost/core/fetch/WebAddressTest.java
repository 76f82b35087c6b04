package io.github.imagehost.core.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.fetch.FetchException.Reason;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebAddressTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    http://example.com                        | http  | example.com            | 80   | /
                    https://example.com/a/cat.png?w=1#x       | https | example.com            | 443  | /a/cat.png?w=1
                    HTTPS://EXAMPLE.com:/cat.png              | https | example.com            | 443  | /cat.png
                    hTTp://example.com:8080?q                 | http  | example.com            | 8080 | /?q
                    http://example.com./                      | http  | example.com            | 80   | /
                    https://图片.example/猫 1.png             | https | xn--wcsw84d.example    | 443  | /%E7%8C%AB%201.png
                    https://example.com/😀?a=[1]%zz%41        | https | example.com            | 443  | /%F0%9F%98%80?a=%5B1%5D%25zz%41
                    https://a_b.example.com/x@y:z             | https | a_b.example.com        | 443  | /x@y:z
                    http://8.8.8.8:443/x                      | http  | 8.8.8.8                | 443  | /x
                    http://[2606:4700::1111]:80/x             | http  | 2606:4700::1111        | 80   | /x
                    http://[::ffff:127.0.0.1]/                | http  | 127.0.0.1              | 80   | /
                    http://[2606:4700:0:0:0::1.2.3.4]/        | http  | 2606:4700::102:304     | 80   | /
                    http://[FD00:0:0:0:0:0:0:0A]/             | http  | fd00::a                | 80   | /
                    http://１２７.０.０.１/                   | http  | 127.0.0.1              | 80   | /
                    http://127。0。0。1/                      | http  | 127.0.0.1              | 80   | /
                    http://127.0.0.1./                        | http  | 127.0.0.1              | 80   | /
                    http://LOCALHOST./                        | http  | localhost              | 80   | /
                    """)
    void anAddressIsTakenApart(String text, String scheme, String host, int port, String path) throws FetchException {
        assertThat(WebAddress.parse(text)).isEqualTo(new WebAddress(scheme.equals("https"), host, port, path));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    cat.png                          | SCHEME
                    file:///etc/passwd               | SCHEME
                    ftp://example.com/cat.png        | SCHEME
                    gopher://example.com/            | SCHEME
                    jar:http://example.com/x.jar!/   | SCHEME
                    javascript:alert(1)              | SCHEME
                    //example.com/cat.png            | SCHEME
                    http:                            | MALFORMED
                    http:/example.com/               | MALFORMED
                    http:example.com/                | MALFORMED
                    http:///cat.png                  | MALFORMED
                    http://?q                        | MALFORMED
                    http:\\\\example.com\\cat.png    | MALFORMED
                    http://example.com\\@127.0.0.1/  | MALFORMED
                    http://user@example.com/         | USER
                    http://user:secret@example.com/  | USER
                    http://example.com@127.0.0.1/    | USER
                    http://@example.com/             | USER
                    http://example.com:0/            | PORT
                    http://example.com:65536/        | PORT
                    http://example.com:99999/        | PORT
                    http://example.com:80x/          | HOST
                    http://example.com:-1/           | HOST
                    http://example.com:80:80/        | HOST
                    http://:80/                      | HOST
                    http://2130706433/               | HOST
                    http://127.1/                    | HOST
                    http://127.0.1/                  | HOST
                    http://0177.0.0.1/               | HOST
                    http://017700000001/             | HOST
                    http://0x7f.0.0.1/               | HOST
                    http://0x7f000001/               | HOST
                    http://0x7f.1/                   | HOST
                    http://0/                        | HOST
                    http://0x/                       | HOST
                    http://127.0.0.1.2/              | HOST
                    http://256.0.0.1/                | HOST
                    http://1.2.3.4..                 | HOST
                    http://example..com/             | HOST
                    http://.example.com/             | HOST
                    http://./                        | HOST
                    http://-example.com/             | HOST
                    http://ex%61mple.com/            | HOST
                    http://127.0.0.1%2f/             | HOST
                    http://ex*mple.com/              | HOST
                    http://[127.0.0.1]/              | HOST
                    http://[::1/                     | HOST
                    http://[::1]x/                   | HOST
                    http://[fe80::1%25eth0]/         | HOST
                    http://[fe80::1%eth0]/           | HOST
                    http://[v1.x]/                   | HOST
                    http://[]/                       | HOST
                    """)
    void whatProgramsReadDifferentlyIsNone(String text, Reason reason) {
        assertRefused(text, reason);
    }

    @Test
    void noCharacterOfControlIsInAnAddress() {
        assertRefused("http://example.com/\r\nX: y", Reason.MALFORMED);
        assertRefused("http://exam\tple.com/", Reason.MALFORMED);
        assertRefused("http://example.com/\0", Reason.MALFORMED);
        assertRefused("http://example.com/" + "x".repeat(WebAddress.LONGEST), Reason.MALFORMED);
        assertRefused("http://" + "x.".repeat(200) + "com/", Reason.HOST);
    }

    private static void assertRefused(String text, Reason reason) {
        assertThatThrownBy(() -> WebAddress.parse(text))
                .asInstanceOf(InstanceOfAssertFactories.type(FetchException.class))
                .extracting(FetchException::reason)
                .isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /x                               | https://example.com:8443/x
                    x                                | https://example.com:8443/a/x
                    ../x?q=1#f                       | https://example.com:8443/x?q=1
                    ../../../x                       | https://example.com:8443/../../x
                    ?q                               | https://example.com:8443/a/b?q
                    //other.example/x                | https://other.example/x
                    http://other.example             | http://other.example/
                    HTTP://other.example:81/         | http://other.example:81/
                    猫.png                            | https://example.com:8443/a/%E7%8C%AB.png
                    .                                | https://example.com:8443/a/
                    """)
    void aRedirectLeadsWhereBrowsersGo(String location, String expected) throws FetchException {
        assertThat(WebAddress.parse("https://example.com:8443/a/b?c").resolve(location))
                .isEqualTo(WebAddress.parse(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    file:///etc/passwd               | SCHEME
                    data:image/png;base64,xx         | SCHEME
                    //user@example.com/              | USER
                    ///x                             | MALFORMED
                    \\\\example.com\\x               | MALFORMED
                    /\\example.com                   | MALFORMED
                    1:2                              | MALFORMED
                    //2130706433/                    | HOST
                    """)
    void noRedirectLeadsElsewhere(String location, Reason reason) throws FetchException {
        WebAddress address = WebAddress.parse("https://example.com/");

        assertThatThrownBy(() -> address.resolve(location))
                .asInstanceOf(InstanceOfAssertFactories.type(FetchException.class))
                .extracting(FetchException::reason)
                .isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    https://example.com/a/cat.png?x=/y| cat.png
                    https://example.com/%E7%8C%AB%20+1.png| `猫 +1.png`
                    https://example.com/a%2Fb.png    | a/b.png
                    https://example.com/100%25       | 100%
                    https://example.com/a/           | -
                    https://example.com              | -
                    """, quoteCharacter = '`')
    void itsNameIsWhatFollowsTheLastSlash(String text, @Nullable String name) throws FetchException {
        assertThat(WebAddress.parse(text).name()).isEqualTo(name == null ? "" : name);
    }
}
