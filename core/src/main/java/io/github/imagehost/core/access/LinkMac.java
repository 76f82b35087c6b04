package io.github.imagehost.core.access;

import com.google.common.hash.Hashing;
import io.github.imagehost.core.model.access.LinkPurpose;
import io.github.imagehost.core.port.access.KeyLedger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

/** Signs links by HMAC-SHA256 (RFC 2104), as base64url (RFC 4648). Safe for use by many threads. */
final class LinkMac {

    private final SharedKey key;

    LinkMac(KeyLedger ledger, LinkPurpose purpose) {
        this.key = new SharedKey(ledger, purpose);
    }

    /** The signature of a text: 43 characters. */
    String of(String text) {
        byte[] code = Hashing.hmacSha256(key.get().bytes())
                .hashString(text, StandardCharsets.UTF_8)
                .asBytes();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(code);
    }

    /** Whether this is the signature of the text; takes as long whatever of it is wrong. */
    boolean isOf(String text, String signature) {
        byte[] right = of(text).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(right, signature.getBytes(StandardCharsets.UTF_8));
    }
}
