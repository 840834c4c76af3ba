package dev.wick.gateway.feed;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Reads server-sent events from bytes as they come, over any boundaries. Confined to its loop. */
final class Events {

    private static final int MOST_OCTETS = 64 * 1024 * 1024;

    /** Hears of each event. */
    interface Each {

        /**
         * One event.
         *
         * @param type the one that the event names, else {@code message}
         * @param data its lines, joined
         */
        void event(String type, byte[] data);
    }

    private final Each each;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private String type = "";
    private boolean hasData;
    private boolean afterReturn;

    Events(Each each) {
        this.each = each;
    }

    /** False where an event is too long to be read. */
    boolean read(byte[] part) {
        int start = 0;
        for (int i = 0; i < part.length; i++) {
            byte octet = part[i];
            if (octet == '\n' && afterReturn) {
                afterReturn = false;
                start = i + 1;
            } else if (octet == '\n' || octet == '\r') {
                afterReturn = octet == '\r';
                line.write(part, start, i - start);
                endLine();
                start = i + 1;
            } else {
                afterReturn = false;
            }
        }
        line.write(part, start, part.length - start);
        return line.size() + data.size() <= MOST_OCTETS;
    }

    private void endLine() {
        if (line.size() == 0) {
            dispatch();
        } else {
            field(line.toByteArray());
            line.reset();
        }
    }

    private void field(byte[] text) {
        int colon = 0;
        while (colon < text.length && text[colon] != ':') {
            colon++;
        }
        int value = Math.min(text.length, colon + 1);
        if (value < text.length && text[value] == ' ') {
            value++;
        }
        switch (new String(text, 0, colon, StandardCharsets.UTF_8)) {
            case "event" ->
                    type = new String(text, value, text.length - value, StandardCharsets.UTF_8);
            case "data" -> {
                if (hasData) {
                    data.write('\n');
                }
                hasData = true;
                data.write(text, value, text.length - value);
            }
            default -> {
                // Ids are in the data too; comments are heartbeats.
            }
        }
    }

    private void dispatch() {
        if (hasData) {
            String named = type.isEmpty() ? "message" : type;
            byte[] whole = data.toByteArray();
            data.reset();
            hasData = false;
            type = "";
            each.event(named, whole);
        }
        type = "";
    }
}
