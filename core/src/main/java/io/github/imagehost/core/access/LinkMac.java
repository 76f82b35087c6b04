package io.github.imagehost.core.access;

import io.github.imagehost.core.model.access.LinkPurpose;
import io.github.imagehost.core.model.access.SigningKey;
import io.github.imagehost.core.port.access.KeyLedger;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signs links by HMAC-SHA256 (RFC 2104), as base64url (RFC 4648). The key is asked for when it is needed for the first
 * time. Safe for use by many threads.
 */
final class LinkMac {

    private static final String ALGORITHM = "HmacSHA256";

    private final KeyLedger ledger;
    private final LinkPurpose purpose;
    private volatile @Nullable SigningKey key;

    LinkMac(KeyLedger ledger, LinkPurpose purpose) {
        this.ledger = ledger;
        this.purpose = purpose;
    }

    /** The signature of a text: 43 characters. */
    String of(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key().bytes(), ALGORITHM));
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

    private SigningKey key() {
        SigningKey known = key;
        if (known == null) {
            byte[] fresh = new byte[SigningKey.LENGTH];
            new SecureRandom().nextBytes(fresh);
            known = ledger.key(purpose, SigningKey.of(fresh));
            key = known;
        }
        return known;
    }
}
