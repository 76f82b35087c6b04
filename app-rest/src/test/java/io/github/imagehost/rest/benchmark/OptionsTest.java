package io.github.imagehost.rest.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void withoutFurtherOptionsTheServiceIsMeasuredAloneOnS3() {
        Options options = options("twin=", "neighbour=", "nginx=", "settings=");

        assertThat(options.store()).isEqualTo(StoreKind.S3);
        assertThat(options.settings()).isEmpty();
        assertThat(options.twin()).isEmpty();
        assertThat(options.neighbour()).isEmpty();
        assertThat(options.nginx()).isEmpty();
        assertThat(options.rounds()).isEqualTo(1);
    }

    @Test
    void aTwinHasTheSettingsOfTheServiceButForItsOwn() {
        Options options = options("settings=ACCESS=token,VERIFY_DECODE=false", "twin=ACCESS=open");

        assertThat(options.settings()).isEqualTo(Map.of("ACCESS", "token", "VERIFY_DECODE", "false"));
        assertThat(options.twinSettings()).isEqualTo(Map.of("ACCESS", "open", "VERIFY_DECODE", "false"));
    }

    @Test
    void choicesAreInAnyCaseAndAWrongOneIsToldWhatIsLegal() {
        assertThat(options("store=Directory", "pictures=noise"))
                .extracting(Options::store, Options::pictures)
                .containsExactly(StoreKind.DIRECTORY, PictureKind.NOISE);
        assertThatThrownBy(() -> options("store=tape")).hasMessageContaining("one of [s3, directory]");
    }

    @Test
    void commandsAreWords() {
        assertThat(options("nginx=/usr/sbin/nginx  -q").nginx()).isEqualTo(List.of("/usr/sbin/nginx", "-q"));
    }

    private static Options options(String... further) {
        String[] all = new String[further.length + 3];
        all[0] = "workloads=all";
        all[1] = "rows=1000";
        all[2] = "java=/jdk";
        System.arraycopy(further, 0, all, 3, further.length);
        return Options.of(all);
    }
}
