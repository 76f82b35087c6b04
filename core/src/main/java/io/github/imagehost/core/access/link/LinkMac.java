package io.github.imagehost.core.access.link;

import com.google.common.base.Suppliers;
import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import io.github.imagehost.core.model.access.LinkPurpose;
import io.github.imagehost.core.port.access.KeyLedger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.function.Supplier;

/** Signs links by HMAC-SHA256 (RFC 2104), as base64url (RFC 4648). Safe for use by many threads. */
final class LinkMac {

    private final Supplier<HashFunction> hmac;

    LinkMac(KeyLedger ledger, LinkPurpose purpose) {
        SharedKey key = new SharedKey(ledger, purpose);
        this.hmac = Suppliers.memoize(() -> Hashing.hmacSha256(key.get().bytes()));
    }

    /** The signature of a text: 43 characters. */
    String of(String text) {
        byte[] code = hmac.get().hashString(text, StandardCharsets.UTF_8).asBytes();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(code);
    }

    /** Whether this is the signature of the text; takes as long whatever of it is wrong. */
    boolean isOf(String text, String signature) {
        byte[] right = of(text).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(right, signature.getBytes(StandardCharsets.UTF_8));
    }
}
