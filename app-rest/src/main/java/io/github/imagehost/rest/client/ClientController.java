package io.github.imagehost.rest.client;

import io.github.imagehost.core.access.credential.TokenSecret;
import io.github.imagehost.core.client.Connection;
import io.github.imagehost.core.client.UploadClient;
import io.github.imagehost.rest.access.OpenToEverybody;
import io.github.imagehost.rest.access.RequestCredential;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import io.github.imagehost.rest.error.Envelope;
import io.github.imagehost.rest.error.Messages;
import io.github.imagehost.rest.settings.ServiceSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tells programs that upload pictures how they do it here. There is nothing secret in it but the token that the request
 * itself brings, so that somebody who was given one gets his settings without typing it.
 */
@RestController
class ClientController {

    private final Messages messages;
    private final URI publicUrl;

    ClientController(Messages messages, ServiceSettings settings) {
        this.messages = messages;
        this.publicUrl = settings.publicUrl();
    }

    @OpenToEverybody
    @GetMapping("/api/clients")
    Envelope list(HttpServletRequest request) {
        List<ClientDetails> details = Arrays.stream(UploadClient.values())
                .map(client -> new ClientDetails(client.label(), client.title(), client.fileName()))
                .toList();
        return Envelope.success(messages.text(request, "ok"), new ClientList(details));
    }

    @OpenToEverybody
    @GetMapping("/api/clients/{name}")
    ResponseEntity<String> settings(@PathVariable("name") String name, HttpServletRequest request) {
        UploadClient client = UploadClient.find(name)
                .orElseThrow(() -> new ApiException(ApiError.CLIENT_NOT_FOUND, UploadClient.labels()));
        return ResponseEntity.ok()
                // never shown as a page of this origin
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(client.fileName())
                                .build()
                                .toString())
                .contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
                .body(client.settings(connection(request)));
    }

    private Connection connection(HttpServletRequest request) {
        return new Connection(
                publicUrl,
                RequestCredential.allOf(request).stream()
                        .filter(credential ->
                                credential.startsWith(TokenSecret.PREFIX) && Connection.isLegalToken(credential))
                        .findFirst(),
                messages.language(request).equals(Locale.CHINESE)
                        ? Connection.Language.CHINESE
                        : Connection.Language.ENGLISH);
    }

    private record ClientList(List<ClientDetails> clients) {}

    /**
     * A program.
     *
     * @param name in addresses
     * @param title for people
     * @param filename what its settings are called
     */
    private record ClientDetails(String name, String title, String filename) {}
}
