package io.github.imagehost.cli.command.owner;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.cli.CommandRunner;
import io.github.imagehost.cli.CommandRunner.Result;
import io.github.imagehost.core.access.credential.Guests;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.mysql.MySqlMetadataRepository;
import io.github.imagehost.mysql.settings.MySqlSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class OwnerCommandTest {

    private static final String NO_BOB =
            "imagehost: There is no owner 'bob'; 'imagehost owner list' shows all that there are";

    @TempDir
    Path directory;

    private CommandRunner imagehost;

    @BeforeEach
    void useFreshDataDirectory() {
        imagehost = CommandRunner.withDatabaseIn(directory.resolve("data"));
    }

    @Test
    void addsAnOwnerAndShowsIt() {
        Result added = imagehost.run("owner", "add", "Alice", "--role", "admin");

        assertThat(added.exitCode()).isZero();
        assertThat(added.err()).isEmpty();
        assertThat(added.lines())
                .startsWith("Id       2", "Name     alice", "Role     admin", "State    active")
                .endsWith("Images   0", "Size     0 B")
                .element(4)
                .asString()
                .matches("Created  \\d{4}-\\d\\d-\\d\\dT.*Z");
        assertThat(imagehost.run("owner", "show", "alice")).isEqualTo(added);
    }

    @Test
    void printsOneDocumentOnRequest() {
        JsonNode added = imagehost.run("owner", "add", "alice", "--json").json();

        assertThat(added.propertyNames()).containsExactly("id", "name", "role", "state", "createdAt", "usage", "quota");
        assertThat(added.get("role").asString()).isEqualTo("user");
        assertThat(imagehost.run("owner", "show", "alice", "--json").json()).isEqualTo(added);
        assertThat(imagehost.run("owner", "list", "--json").json().at("/owners/1"))
                .isEqualTo(added);
    }

    @Test
    void listsAllOwners() {
        imagehost.run("owner", "add", "zoe");
        imagehost.run("owner", "add", "alice");

        assertThat(imagehost.run("owner", "list").lines())
                .satisfiesExactly(
                        line -> assertThat(line).matches("ID  NAME     ROLE   STATE   CREATED +IMAGES  SIZE"),
                        line -> assertThat(line).startsWith("1   default  admin  active  "),
                        line -> assertThat(line).startsWith("2   zoe      user   active  "),
                        line -> assertThat(line).startsWith("3   alice    user   active  "));
    }

    @Test
    void anOwnerHasNoMoreThanItMayHave() throws IOException {
        Path first = Files.write(directory.resolve("a.png"), Pictures.uniquePng());
        Path second = Files.write(directory.resolve("b.png"), Pictures.uniquePng());
        imagehost.run("owner", "add", "alice", "--max-images", "1", "--max-size", "5MB");

        assertThat(imagehost.run("upload", "--owner", "alice", first.toString()).exitCode())
                .isZero();
        Result refused = imagehost.run("upload", "--owner", "alice", second.toString());

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("quota");
        assertThat(imagehost.run("owner", "show", "alice").lines()).contains("Images   1 of 1");
        assertThat(imagehost.run("owner", "list").lines().get(2))
                .contains("1 of 1")
                .endsWith("of 5.0 MB");

        JsonNode changed = imagehost
                .run("owner", "set", "alice", "--max-images", "none", "--json")
                .json();

        assertThat(changed.get("quota").toString()).isEqualTo("{\"images\":null,\"bytes\":5000000}");
        assertThat(imagehost
                        .run("upload", "--owner", "alice", second.toString())
                        .exitCode())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "many", "1.5", ""})
    void anIllegalQuotaChangesNothing(String number) {
        Result refused = imagehost.run("owner", "add", "alice", "--max-images", number);

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("whole numbers from 0, and none");
        assertThat(imagehost.run("owner", "list").lines()).hasSize(2);
    }

    @Test
    void changesNameAndRole() {
        imagehost.run("owner", "add", "alice");

        JsonNode changed = imagehost
                .run("owner", "set", "alice", "--name", "carol", "--role", "admin", "--json")
                .json();

        assertThat(changed.get("id").asLong()).isEqualTo(2);
        assertThat(changed.get("name").asString()).isEqualTo("carol");
        assertThat(changed.get("role").asString()).isEqualTo("admin");
        assertThat(imagehost.run("owner", "show", "carol", "--json").json()).isEqualTo(changed);
        assertThat(imagehost.run("owner", "show", "alice").exitCode()).isEqualTo(1);
    }

    @Test
    void suspendsAndActivates() {
        imagehost.run("owner", "add", "alice");

        Result suspended = imagehost.run("owner", "suspend", "alice");

        assertThat(suspended.lines()).contains("State    suspended", "Role     user");
        assertThat(imagehost.run("owner", "suspend", "alice")).isEqualTo(suspended);
        assertThat(imagehost.run("owner", "activate", "alice").lines()).contains("State    active");
    }

    @Test
    void refusesANameThatAnotherOwnerHas() {
        imagehost.run("owner", "add", "alice");
        Result taken = new Result(1, "", "imagehost: Another owner has the name 'alice'" + System.lineSeparator());

        assertThat(imagehost.run("owner", "add", "alice")).isEqualTo(taken);
        assertThat(imagehost.run("owner", "set", "default", "--name", "alice")).isEqualTo(taken);
        assertThat(imagehost.run("owner", "set", "alice", "--name", "alice").exitCode())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"owner suspend default", "owner set default --role user"})
    void keepsTheFirstOwnerAnActiveAdministrator(String command) {
        Result result = imagehost.run(command.split(" "));

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err())
                .startsWith("imagehost: The first owner always is an active administrator: somebody has to be");
        assertThat(imagehost.run("owner", "show", "default").lines()).contains("Role     admin", "State    active");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "owner show bob",
                "owner set bob --role user",
                "owner suspend bob",
                "owner activate bob",
                "token create t --owner bob",
                "token list --owner bob",
                "token revoke 1 --owner bob",
                "upload absent.png --owner bob",
                "list --owner bob",
                "show 1 --owner bob",
                "delete 1 --owner bob",
                "import . --owner bob",
                "import --adopt --owner bob"
            })
    void saysHowToSeeTheOwnersThatThereAre(String command) {
        assertThat(imagehost.run(command.split(" "))).isEqualTo(new Result(1, "", NO_BOB + System.lineSeparator()));
    }

    @Test
    void theOwnerOfGuestsHasAQuotaAndNothingElse() {
        Settings settings =
                Settings.of(Map.of("DATA_DIR", directory.resolve("data").toString()));
        try (MySqlMetadataRepository repository = MySqlMetadataRepository.open(MySqlSettings.from(settings))) {
            new Guests(repository.access()).owner();
        }

        JsonNode set = imagehost
                .run("owner", "set", "guest", "--max-images", "7", "--json")
                .json();
        assertThat(set.get("role").asString()).isEqualTo("guest");
        assertThat(set.at("/quota/images").asLong()).isEqualTo(7);

        String refusal =
                "The owner 'guest' stands for guests: it has no tokens and no logins, and its role stays as it is";
        for (String command :
                new String[] {"token create t --owner guest", "login-link guest", "owner set guest --role user"}) {
            assertThat(imagehost.run(command.split(" ")))
                    .as(command)
                    .isEqualTo(new Result(1, "", "imagehost: " + refusal + System.lineSeparator()));
        }
        assertThat(imagehost.run("owner", "add", "bob", "--role", "guest").err())
                .contains("'guest' is none of admin, user");
    }

    @Test
    void anIdentityIsGivenToAnOwner() {
        imagehost.run("owner", "add", "alice");

        assertThat(imagehost.run("owner", "identify", "alice", "1234").err())
                .contains("OIDC_ISSUER is not set, but it has to be");

        CommandRunner at = imagehost.with("OIDC_ISSUER", "https://login.test");
        assertThat(at.run("owner", "identify", "alice", "1234").lines()).contains("Name     alice");
        assertThat(at.run("owner", "identify", "bob", "1234").exitCode()).isEqualTo(1);
        assertThat(at.run("owner", "identify", "alice", "1234 ").err())
                .contains("'1234 ' is no subject: legal are 1 to 255 ASCII characters, without spaces at the ends");
        assertThat(at.run("owner", "identify", "alice").err()).contains("Missing required parameter: 'SUBJECT'");
    }

    @Test
    void eachOwnerHasItsOwnImages() throws IOException {
        imagehost.run("owner", "add", "alice");
        Path picture = Files.write(directory.resolve("cat.png"), Pictures.uniquePng());
        String ours = imagehost.run("upload", picture.toString()).onlyLine();

        String hers =
                imagehost.run("upload", picture.toString(), "--owner", "alice").onlyLine();

        assertThat(hers).isNotEqualTo(ours);
        assertThat(links("list", "--json")).containsExactly(ours);
        assertThat(links("list", "--json", "--owner", "alice")).containsExactly(hers);
        assertThat(imagehost.run("show", ours, "--owner", "alice").exitCode()).isEqualTo(1);
        assertThat(imagehost.run("show", hers, "--owner", "alice").lines()).contains("Link           " + hers);
        assertThat(imagehost.run("delete", "1", "--owner", "alice").err()).contains("There is no image 1");
        assertThat(imagehost
                        .run("delete", "--type", "png", "--owner", "alice", "--dry-run")
                        .lines())
                .first()
                .isEqualTo("Would delete image 2 cat.png");
        assertThat(imagehost.run("delete", "2", "--owner", "alice").lines()).containsExactly("Deleted image 2");
        assertThat(links("list", "--json")).containsExactly(ours);
    }

    @Test
    void anImportForOneOwnerIsNoneForAnother() throws IOException {
        imagehost.run("owner", "add", "alice");
        Path folder = Files.createDirectories(directory.resolve("pictures"));
        Files.write(folder.resolve("cat.png"), Pictures.uniquePng());
        Path damaged = Files.writeString(folder.resolve("dog.png"), "no picture");

        // what is refused is noted, so that the journal stays
        imagehost.run("import", folder.toString());
        Result hers = imagehost.run("import", folder.toString(), "--owner", "alice", "--json");

        assertThat(hers.json().get("known").asLong()).isZero();
        assertThat(hers.json().get("problems").findValuesAsString("name")).containsExactly("dog.png");
        assertThat(damaged).exists();
        assertThat(links("list", "--json", "--owner", "alice")).hasSize(1);
    }

    private Iterable<String> links(String... list) {
        return imagehost.run(list).json().get("images").findValuesAsString("url");
    }
}
