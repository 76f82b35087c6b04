package io.github.imagehost.core.model.access;

import com.google.common.net.InetAddresses;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network of IPv4 or IPv6 addresses. An IPv4 address that is mapped into IPv6, such as {@code ::ffff:10.0.0.7}, is
 * that IPv4 address; the zone of an address, such as {@code %eth0}, does not count.
 *
 * @param address its first address
 * @param prefixLength how many bits all of its addresses have in common
 */
public record Network(InetAddress address, int prefixLength) {

    /** What is legal, for messages. */
    public static final String RULE = "addresses and networks such as 10.0.0.7, 10.0.0.0/8 or fd00::/8";

    private static final Pattern NETWORK = Pattern.compile("([^/]+)(?:/(\\d{1,3}))?");
    private static final int MAPPED_PREFIX = 96;

    /** Shortened as RFC 5952 does, where it is the end that is zero. */
    private static final Pattern ZEROS_AT_THE_END = Pattern.compile("(:0){2,}$");

    public Network {
        if (prefixLength < 0 || prefixLength > address.getAddress().length * Byte.SIZE) {
            throw new IllegalArgumentException("An address has no " + prefixLength + " bits");
        }
        address = toAddress(firstOf(address.getAddress(), prefixLength));
    }

    /**
     * The network that is written so: an address alone, or with the number of its leading bits that count.
     *
     * @throws IllegalArgumentException if none is
     */
    public static Network parse(String text) {
        Matcher parts = NETWORK.matcher(text);
        if (!parts.matches()) {
            throw illegal(text);
        }
        String written = parts.group(1);
        InetAddress address = parseAddress(written, text);
        String length = parts.group(2);
        int all = address.getAddress().length * Byte.SIZE;
        int prefixLength = length == null ? all : Integer.parseInt(length);
        if (length != null && address instanceof Inet4Address && written.indexOf(':') >= 0) {
            prefixLength -= MAPPED_PREFIX;
        }
        if (prefixLength < 0 || prefixLength > all) {
            throw illegal(text);
        }
        return new Network(address, prefixLength);
    }

    /** Names are none: whoever answers for them could say who is let in. */
    private static InetAddress parseAddress(String written, String text) {
        // the zone of an address means something on one machine only
        if (written.indexOf('%') >= 0 || !InetAddresses.isInetAddress(written)) {
            throw illegal(text);
        }
        return InetAddresses.forString(written);
    }

    private static IllegalArgumentException illegal(String text) {
        return new IllegalArgumentException("'" + text + "' is no network: legal are " + RULE);
    }

    private static InetAddress toAddress(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("An address has 4 or 16 bytes", e);
        }
    }

    /** Whether an address is one of its. */
    public boolean contains(InetAddress other) {
        byte[] bytes = other.getAddress();
        byte[] own = address.getAddress();
        return bytes.length == own.length && Arrays.equals(firstOf(bytes, prefixLength), own);
    }

    /** Whether all addresses of another network are its own. */
    public boolean contains(Network other) {
        return prefixLength <= other.prefixLength && contains(other.address);
    }

    private static byte[] firstOf(byte[] address, int prefixLength) {
        for (int bit = prefixLength; bit < address.length * Byte.SIZE; bit++) {
            address[bit / Byte.SIZE] &= (byte) ~(0x80 >> bit % Byte.SIZE);
        }
        return address;
    }

    /** As it can be {@linkplain #parse parsed}. */
    @Override
    public String toString() {
        String first = ZEROS_AT_THE_END.matcher(address.getHostAddress()).replaceFirst("::");
        return first + "/" + prefixLength;
    }
}
