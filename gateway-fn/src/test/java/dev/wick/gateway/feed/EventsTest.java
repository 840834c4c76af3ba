package dev.wick.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventsTest {

    private final List<String> events = new ArrayList<>();
    private final Events reader =
            new Events(
                    (type, data) ->
                            events.add(type + "=" + new String(data, StandardCharsets.UTF_8)));

    private void read(String text) {
        assertTrue(reader.read(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void anEventIsReadWhereverItsBytesAreCut() {
        String stream = ": beat\n\nevent: revision\nid: e.1\ndata: {\"revision\":1}\n\n";

        for (int cut = 0; cut <= stream.length(); cut++) {
            events.clear();
            read(stream.substring(0, cut));
            read(stream.substring(cut));
            assertEquals(List.of("revision={\"revision\":1}"), events, "cut at " + cut);
        }
    }

    @Test
    void allEndsOfLinesAreEnds() {
        read("event: a\r\ndata: 1\r\n\r\nevent: b\rdata: 2\r\r");

        assertEquals(List.of("a=1", "b=2"), events);
    }

    @Test
    void linesOfDataAreJoined() {
        read("data: 1\ndata:2\ndata\n\n");

        assertEquals(List.of("message=1\n2\n"), events);
    }

    @Test
    void anEventWithoutDataIsNone() {
        read("event: a\n\n:\n\ndata: 1\n\n");

        assertEquals(List.of("message=1"), events);
    }
}
