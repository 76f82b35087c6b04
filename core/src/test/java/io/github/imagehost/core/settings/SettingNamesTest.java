package io.github.imagehost.core.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingNamesTest {

    private static final String MESSAGE = "DB_USER and DB_PASSWORD: the database DB at db.example refuses this user";

    @Test
    void variablesKeepTheirNames() {
        assertThat(SettingNames.VARIABLES.in(MESSAGE)).isEqualTo(MESSAGE);
    }

    @Test
    void parametersHaveNamesOfTheirOwn() {
        assertThat(SettingNames.of(Map.of("DB_USER", "user", "DB_PASSWORD", "pass$word", "DB", "never"))
                        .in(MESSAGE))
                .isEqualTo("user and pass$word: the database DB at db.example refuses this user");
    }

    @Test
    void whatHasNoNameOfItsOwnKeepsThatOfTheVariable() {
        assertThat(SettingNames.of(Map.of("DB_USER", "user", "DB_PASSWORD_FILE", "file"))
                        .in(MESSAGE))
                .startsWith("user and DB_PASSWORD: ");
    }
}
