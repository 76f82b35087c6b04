package io.github.imagehost.core.model.access;

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

    /** Names are none: whoever answers for them could say who is let in. */
    private static final Pattern IPV4 = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");

    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
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

    private static InetAddress parseAddress(String written, String text) {
        Matcher ipv4 = IPV4.matcher(written);
        if (ipv4.matches()) {
            byte[] bytes = new byte[ipv4.groupCount()];
            for (int i = 0; i < bytes.length; i++) {
                int number = Integer.parseInt(ipv4.group(i + 1));
                if (number > 0xFF) {
                    throw illegal(text);
                }
                bytes[i] = (byte) number;
            }
            return toAddress(bytes);
        }
        if (!IPV6.matcher(written).matches()) {
            throw illegal(text);
        }
        try {
            // nobody is asked for what is in brackets
            return InetAddress.getByName("[" + written + "]");
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(illegal(text).getMessage(), e);
        }
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
