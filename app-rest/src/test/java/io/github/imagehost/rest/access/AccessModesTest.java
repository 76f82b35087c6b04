package io.github.imagehost.rest.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.client.Connection;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.testing.Accounts;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Multipart;
import io.github.imagehost.rest.testing.RunningService;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessModesTest {

    @TempDir
    private Path directory;

    @Test
    void aMachinesOwnServiceAnswersItsOwnRequestsOnly() throws Exception {
        try (RunningService service = start(Map.of("ACCESS", "local", "PUBLIC_URL", "http://localhost"))) {
            Answer me = service.client().get("/api/me").isSuccess("操作成功");
            assertThat(me.data().get("access").asString()).isEqualTo("local");
            assertThat(me.data().get("name").asString()).isEqualTo("default");

            for (String header : new String[] {
                "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via"
            }) {
                Answer refused = service.client()
                        .get("/api/images", header, "203.0.113.1", "Accept-Language", "en")
                        .isError(401, "forwarded_request_refused");
                assertThat(refused.message()).contains("ACCESS=token");
                assertThat(service.client()
                                .get("/health", header, "203.0.113.1")
                                .status())
                        .isEqualTo(200);
            }
            service.client()
                    .get("/api/me", "token", "whatever the client insists on")
                    .isSuccess("操作成功");
            service.client()
                    .get("/api/me", "Authorization", "Bearer " + Connection.PLACEHOLDER)
                    .isSuccess("操作成功");
            service.client().get("/api/me", "token", "imh_wrong").isError(401, "token_invalid");
        }
    }

    @Test
    void whatOthersMayReachAsksForATokenUnlessToldOtherwise() throws Exception {
        Map<String, String> others = Map.of("PUBLIC_URL", "https://images.test", "ACCESS", "");
        try (RunningService service = start(others)) {
            service.client().get("/api/images").isError(401, "login_required");
            assertThat(service.client().get("/health").status()).isEqualTo(200);
            service.client().get("/i/nobody.png").isError(404, "image_not_found");
        }
    }

    @Test
    void anOpenServiceAnswersEverybody() throws Exception {
        try (RunningService service = start(Map.of("ACCESS", "open", "PUBLIC_URL", "https://images.test"))) {
            Answer me = service.client()
                    .get("/api/me", "X-Forwarded-For", "203.0.113.1")
                    .isSuccess("操作成功");

            assertThat(me.data().get("access").asString()).isEqualTo("open");
            assertThat(me.data().get("scopes").toString()).isEqualTo("[\"upload\",\"read\",\"delete\",\"manage\"]");
            service.client().get("/api/images").isSuccess("操作成功");
            for (String route : RouteTable.routesFor(Set.of(Scope.ACCOUNT.label(), Scope.ADMIN.label()))) {
                RouteTable.send(service.client(), "", route).isError(403, "scope_missing");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "open"})
    void whoIsLoggedInWhereNobodyHasToBeSeesOnesOwnPrivatePictures(String mode) throws Exception {
        try (RunningService service = start(Map.of("ACCESS", mode, "PUBLIC_URL", "http://localhost"))) {
            Accounts accounts = new Accounts(service);
            OwnerId owner = accounts.add(Role.USER).id();
            String cookie = "imagehost=" + accounts.session(owner);
            Multipart form = new Multipart().text("visibility", "private").file("image", "a.png", Pictures.uniquePng());
            String path = "/i/"
                    + service.client()
                            .post("/api/upload", form, "Cookie", cookie)
                            .data()
                            .get("filename")
                            .asString();

            assertThat(service.client().get(path, "Cookie", cookie).status()).isEqualTo(200);
            service.client().get(path).isError(404, "image_not_found");
        }
    }

    private RunningService start(Map<String, String> settings) {
        return RunningService.with(directory, settings);
    }
}
