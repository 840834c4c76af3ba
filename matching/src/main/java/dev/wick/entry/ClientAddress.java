package dev.wick.entry;

import dev.wick.entry.AddressRules.Detection;
import dev.wick.http.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The address that counts as a client's, where that is more than the connection's other end. Made
 * for one request and used by one thread.
 */
public final class ClientAddress {

    private static final String FORWARDED_FOR = "x-forwarded-for";

    private byte[] found = AddressText.NONE;

    /** Whether the address alone may make the request internal. */
    private boolean trusted;

    private boolean append;
    private int rejectWithStatus;

    private ClientAddress() {}

    /**
     * Finds it, before the request's headers are changed.
     *
     * @param peer the connection's other end: 4 or 16 octets; none where it is not known
     * @return {@link #rejectWithStatus} says whether the request goes on
     */
    public static ClientAddress find(Headers headers, byte[] peer, AddressRules rules) {
        ClientAddress client = new ClientAddress();
        if (rules.useRemoteAddress()) {
            client.append = !rules.skipAppend();
            if (rules.trustedHops() > 0) {
                client.lastButHops(headers, rules.trustedHops() - 1);
            }
            client.trusted = !headers.contains(FORWARDED_FOR);
            if (client.found.length == 0) {
                client.found = peer;
            }
        } else {
            for (Detection way : rules.detections()) {
                if (client.rejectWithStatus == 0 && client.found.length == 0) {
                    client.detect(way, headers, peer);
                }
            }
            client.append &= !rules.skipAppend();
        }
        return client;
    }

    private void detect(Detection way, Headers headers, byte[] peer) {
        if (way instanceof Detection.CustomHeader custom) {
            String value = headers.get(custom.header());
            found = value == null ? AddressText.NONE : parsed(value);
            trusted = found.length > 0 && custom.trusted();
            if (found.length == 0) {
                rejectWithStatus = custom.rejectWithStatus();
            }
        } else if (way instanceof Detection.Xff xff) {
            append |= !xff.skipAppend();
            if (xff.trusted().isEmpty()) {
                lastButHops(headers, xff.trustedHops());
            } else if (xff.trusted().contains(peer)) {
                lastUntrusted(headers, xff.trusted());
            }
        }
    }

    private void lastButHops(Headers headers, int hops) {
        String text = forwardedFor(headers);
        if (text == null) {
            return;
        }
        int end = text.length();
        for (int i = 0; i < hops; i++) {
            end = text.lastIndexOf(',', end - 1);
            if (end < 0) {
                return;
            }
        }
        int comma = text.lastIndexOf(',', end - 1);
        found = parsed(text.substring(comma + 1, end));
        trusted = found.length > 0 && comma < 0 && hops == 0;
    }

    /** Of addresses that are all trusted, the first. */
    private void lastUntrusted(Headers headers, CidrSet proxies) {
        String text = forwardedFor(headers);
        int end = text == null ? 0 : text.length();
        while (text != null && end >= 0) {
            int comma = text.lastIndexOf(',', end - 1);
            byte[] address = parsed(text.substring(comma + 1, end));
            if (address.length == 0) {
                found = AddressText.NONE;
                return;
            }
            found = address;
            if (!proxies.contains(address)) {
                trusted = text.indexOf(',') < 0;
                return;
            }
            end = comma;
        }
    }

    /** All fields as one, an empty one passed over; null where there is none. */
    private static @Nullable String forwardedFor(Headers headers) {
        String all = null;
        for (int i = 0; i < headers.size(); i++) {
            if (headers.name(i).equals(FORWARDED_FOR)) {
                String value = headers.value(i);
                boolean first = all == null || all.isEmpty();
                all = first ? value : value.isEmpty() ? all : all + ',' + value;
            }
        }
        return all;
    }

    private static byte[] parsed(String text) {
        return AddressText.octets(text.strip());
    }

    /** 0: the request goes on. */
    public int rejectWithStatus() {
        return rejectWithStatus;
    }

    /** Whether the connection's other end goes to the end of {@code x-forwarded-for}. */
    public boolean append() {
        return append;
    }

    /** Whether the request comes from inside, and is believed what it says of itself. */
    public boolean internal(AddressRules rules) {
        return trusted && rules.internal().contains(found);
    }

    /** As text; null where none was found. */
    public @Nullable String text() {
        return found.length == 0 ? null : AddressText.of(found);
    }
}
