package io.github.imagehost.core.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.imagehost.core.access.credential.TokenSecret;
import io.github.imagehost.core.client.Connection.Language;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UploadClientTest {

    private static final String TOKEN = "imh_0123456789abcdefghijABCDEFGHIJ_";
    private static final URI SERVER = URI.create("https://images.test/pictures");

    @ParameterizedTest
    @EnumSource
    void eachFileHoldsWhatTheProgramNeeds(UploadClient client) {
        String settings = client.settings(new Connection(SERVER, Optional.of(TOKEN), Language.ENGLISH));

        assertThat(settings).contains("https://images.test/pictures", TOKEN).doesNotContain("{{", "}}", "\t");
        assertThat(UploadClient.find(client.label())).contains(client);
        assertThat(UploadClient.labels()).contains(client.label());
    }

    @ParameterizedTest
    @EnumSource
    void aPlaceholderStandsForTheToken(UploadClient client) {
        assertThat(client.settings(new Connection(SERVER, Optional.empty(), Language.CHINESE)))
                .contains(Connection.PLACEHOLDER);
    }

    @Test
    void theProgramIsToldOfErrorsInTheLanguageOfItsUser() {
        assertThat(UploadClient.SHAREX.settings(new Connection(SERVER, Optional.empty(), Language.CHINESE)))
                .contains("\"Accept-Language\": \"zh-CN\"");
        assertThat(UploadClient.SHAREX.settings(new Connection(SERVER, Optional.empty(), Language.ENGLISH)))
                .contains("\"Accept-Language\": \"en\"");
    }

    @Test
    void noAddressEndsAString() {
        URI server = URI.create("https://images.test/o'brien");

        assertThat(UploadClient.TYPORA.settings(new Connection(server, Optional.empty(), Language.ENGLISH)))
                .contains("server='https://images.test/o%27brien'");
    }

    @Test
    void noTokenEndsAString() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Connection(SERVER, Optional.of("imh_'; rm -rf ."), Language.ENGLISH));
    }

    @Test
    void namesAreFoundInAnyCaseAndNothingElseIs() {
        assertThat(UploadClient.find("ShareX")).contains(UploadClient.SHAREX);
        assertThat(UploadClient.find("../sharex")).isEmpty();
        assertThat(UploadClient.find("")).isEmpty();
    }

    @Test
    void thePlaceholderIsNoTokenSoThatItDoesNoHarmWhereNoneIsNeeded() {
        assertThat(Connection.PLACEHOLDER).doesNotStartWith(TokenSecret.PREFIX);
    }
}
