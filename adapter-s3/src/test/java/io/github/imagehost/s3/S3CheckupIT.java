package io.github.imagehost.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.diagnosis.Finding;
import io.github.imagehost.core.diagnosis.Outcome;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.s3.testing.S3TestServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.S3Client;

class S3CheckupIT {

    private Map<String, String> values;

    @BeforeEach
    void createBucket() {
        values = S3TestServer.shared().freshBucket();
    }

    @Test
    void findsNothingWrongWithAStoreThatImagesAreKeptInAndLeavesNothingBehind() {
        List<Finding> findings = run();

        assertThat(findings)
                .allSatisfy(finding ->
                        assertThat(finding.outcome()).as(finding.toString()).isEqualTo(Outcome.OK));
        try (S3Client client = S3TestServer.shared().client()) {
            assertThat(client.listObjectsV2(list -> list.bucket(values.get("S3_BUCKET")))
                            .contents())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "S3_SECRET_KEY, not-the-secret, key",
        "S3_ACCESS_KEY, nobody, key",
        "S3_BUCKET, no-such-bucket-at-all, bucket",
    })
    void tellsWrongSettingsApart(String name, String value, String check) {
        values.put(name, value);

        List<Finding> findings = run();

        assertThat(findings)
                .filteredOn(finding -> finding.outcome().isFailure())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.check()).isEqualTo(check);
                    assertThat(finding.outcome()).isEqualTo(Outcome.SETTING_WRONG);
                    assertThat(finding.seen()).contains(name);
                    assertThat(finding.advice().orElseThrow()).contains(name);
                });
    }

    private List<Finding> run() {
        List<Finding> findings = new S3Checkup(S3Settings.from(Settings.of(values))).run();
        assertThat(findings).noneMatch(finding -> finding.toString().contains(values.get("S3_SECRET_KEY")));
        return findings;
    }
}
