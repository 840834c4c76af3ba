package dev.wick.gateway.codec;

import dev.wick.http.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of a head what concerns its connection only (RFC 9110, 7.6.1). For heads that have more
 * than a plain Connection. The fields of an upgrade stay: it goes from end to end, or is refused.
 */
final class HopByHop {

    private HopByHop() {}

    /** Removes the fields and notes what they said. */
    static @Nullable Refusal remove(Headers headers, Transfer transfer) {
        List<String> nominated = new ArrayList<>();
        boolean upgradeNominated = false;
        for (int i = 0; i < headers.size(); i++) {
            if (headers.name(i).equals("connection")) {
                collect(headers.value(i), nominated);
            }
        }
        for (String token : nominated) {
            switch (token) {
                case "close" -> transfer.close = true;
                case "keep-alive" -> transfer.keptAlive = true;
                case "upgrade" -> upgradeNominated = true;
                default -> {
                    if (reserved(token)) {
                        return Refusal.CONNECTION;
                    }
                    if (!token.equals("te")) {
                        headers.remove(token);
                    }
                }
            }
        }
        removeKnown(headers, transfer, upgradeNominated);
        return null;
    }

    private static void removeKnown(Headers headers, Transfer transfer, boolean upgradeNominated) {
        String upgrade = headers.joined("upgrade");
        if (upgradeNominated
                && upgrade != null
                && !upgrade.isEmpty()
                && !upgrade.equalsIgnoreCase("h2c")) {
            transfer.upgrade = upgrade;
        } else {
            removeUpgrade(headers);
        }
        headers.remove("keep-alive");
        headers.remove("proxy-connection");
        headers.remove("http2-settings");
        String te = headers.get("te");
        if (te != null && !te.equals("trailers")) {
            keepTrailersOf(te, headers);
        }
    }

    /** Of what a side takes beside a body, only trailers concern the next one. */
    private static void keepTrailersOf(String te, Headers headers) {
        List<String> tokens = new ArrayList<>();
        collect(te, tokens);
        headers.remove("te");
        if (tokens.contains("trailers")) {
            headers.add("te", "trailers");
        }
    }

    /** Takes out what an upgrade stands in. */
    static void removeUpgrade(Headers headers) {
        headers.remove("connection");
        headers.remove("upgrade");
    }

    private static void collect(String value, List<String> tokens) {
        int start = 0;
        while (start <= value.length()) {
            int comma = value.indexOf(',', start);
            int end = comma < 0 ? value.length() : comma;
            String token = value.substring(start, end).strip().toLowerCase(Locale.ROOT);
            if (!token.isEmpty()) {
                tokens.add(token);
            }
            start = end + 1;
        }
    }

    /**
     * Fields whose removal by a client would mask where a request comes from, or how long it is.
     */
    private static boolean reserved(String name) {
        return switch (name) {
            case "content-length",
                    "cookie",
                    "host",
                    "x-forwarded-for",
                    "x-forwarded-host",
                    "x-forwarded-proto" ->
                    true;
            default -> name.startsWith(":");
        };
    }
}
