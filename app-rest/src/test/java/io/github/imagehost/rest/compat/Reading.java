package io.github.imagehost.rest.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import java.net.http.HttpRequest.BodyPublishers;
import tools.jackson.databind.JsonNode;

/** What clients look at in an answer, and how those delete that can. */
enum Reading {
    OURS("/data/url", "/message", 401, 413, 415) {
        @Override
        boolean succeeded(int status, JsonNode answer) {
            return status == 200 && answer.get("success").asBoolean();
        }

        @Override
        void delete(Client client, JsonNode answer, String token) throws Exception {
            byLink(client, answer.at("/data/deleteUrl").asString());
        }
    },
    OLD_LSKY("/data/url", "/message", 401, 413, 415) {
        @Override
        boolean succeeded(int status, JsonNode answer) {
            return answer.path("code").isInt() && answer.get("code").asInt() == 200;
        }

        @Override
        void delete(Client client, JsonNode answer, String token) throws Exception {
            byLink(client, answer.at("/data/deleteUrl").asString());
        }
    },
    LSKY("/data/links/url", "/message", 401, 200, 200) {
        @Override
        boolean succeeded(int status, JsonNode answer) {
            assertThat(answer.get("data").isObject()).isTrue();
            return answer.get("status").isBoolean() && answer.get("status").asBoolean();
        }

        @Override
        void delete(Client client, JsonNode answer, String token) throws Exception {
            String path = "/api/v1/images/" + answer.at("/data/key").asString();
            Answer deleted = client.send("DELETE", path, BodyPublishers.noBody(), "Authorization", token);
            assertThat(deleted.json().get("status").asBoolean()).isTrue();
            assertThat(deleted.message()).isEqualTo("删除成功");
        }
    },
    PICGO("/result/0", "/message", 401, 200, 200) {
        @Override
        boolean succeeded(int status, JsonNode answer) {
            return answer.get("success").asBoolean();
        }

        @Override
        void delete(Client client, JsonNode answer, String token) throws Exception {
            String list = "{\"list\":" + answer.get("fullResult") + "}";
            Answer deleted = client.postJson("/delete?key=" + token, list);
            assertThat(deleted.json().get("success").asBoolean()).isTrue();
        }
    },
    EASYIMAGES("/url", "/message", 200, 200, 200) {
        @Override
        boolean succeeded(int status, JsonNode answer) {
            return answer.get("code").asInt() == 200
                    && answer.get("result").asString().equals("success");
        }

        @Override
        void delete(Client client, JsonNode answer, String token) throws Exception {
            byLink(client, answer.get("del").asString());
        }
    },
    CHEVERETO("/image/url", "/error/message", 401, 400, 400) {
        @Override
        boolean succeeded(int status, JsonNode answer) {
            assertThat(answer.get("status_code").asInt()).isEqualTo(status);
            return status == 200;
        }

        @Override
        void delete(Client client, JsonNode answer, String token) throws Exception {
            byLink(client, answer.at("/image/delete_url").asString());
        }
    },
    IMGBB("/data/url", "/error/message", 401, 400, 400) {
        @Override
        boolean succeeded(int status, JsonNode answer) {
            return answer.path("status").asInt() == 200;
        }

        @Override
        void delete(Client client, JsonNode answer, String token) throws Exception {
            byLink(client, answer.at("/data/delete_url").asString());
        }
    };

    private final String link;
    private final String reason;
    final int wrongToken;
    final int tooLarge;
    final int wrongType;

    Reading(String link, String reason, int wrongToken, int tooLarge, int wrongType) {
        this.link = link;
        this.reason = reason;
        this.wrongToken = wrongToken;
        this.tooLarge = tooLarge;
        this.wrongType = wrongType;
    }

    /** Whether the client takes this for a success. */
    abstract boolean succeeded(int status, JsonNode answer);

    /** The link that the client takes out of it. */
    String link(JsonNode answer) {
        return answer.at(link).asString();
    }

    /** The reason that the client shows. */
    String reason(JsonNode answer) {
        return answer.at(reason).asString();
    }

    /** Deletes what was uploaded with this answer. */
    abstract void delete(Client client, JsonNode answer, String token) throws Exception;

    /** A browser opens the link, and somebody says yes. */
    private static void byLink(Client client, String deleteUrl) throws Exception {
        String path = Client.pathOf(deleteUrl);
        assertThat(client.get(path).text()).contains("<form method=\"post\">");
        assertThat(client.send("POST", path, BodyPublishers.noBody()).status()).isEqualTo(200);
    }
}
