package io.github.imagehost.core.access;

import io.github.imagehost.core.model.access.LinkPurpose;
import io.github.imagehost.core.port.access.KeyLedger;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs links by HMAC-SHA256 (RFC 2104), as base64url (RFC 4648). Safe for use by many threads. */
final class LinkMac {

    private static final String ALGORITHM = "HmacSHA256";

    private final SharedKey key;

    LinkMac(KeyLedger ledger, LinkPurpose purpose) {
        this.key = new SharedKey(ledger, purpose);
    }

    /** The signature of a text: 43 characters. */
    String of(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.get().bytes(), ALGORITHM));
            byte[] code = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(code);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }

    /** Whether this is the signature of the text; takes as long whatever of it is wrong. */
    boolean isOf(String text, String signature) {
        byte[] right = of(text).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(right, signature.getBytes(StandardCharsets.UTF_8));
    }
}
