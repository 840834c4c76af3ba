package dev.wick.gateway.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.wick.gateway.edge.AdminRequest;
import dev.wick.gateway.edge.AdminResponse;
import dev.wick.gateway.observe.Metrics;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StatsPageTest {

    private final Metrics metrics = new Metrics();
    private final StatsPage page = new StatsPage(metrics);

    StatsPageTest() {
        metrics.gauge("server.live", "Lives", () -> 1);
        metrics.counter("server.faults", "Faults", () -> 0);
        metrics.counter("other.tens", "Tens", () -> 10);
    }

    private AdminResponse ask(String query) {
        return page.answer(new AdminRequest("GET", "/stats", query, new byte[0]), false);
    }

    private String lines(String query) {
        return new String(ask(query).body(), StandardCharsets.UTF_8);
    }

    @Test
    void allAreShown() {
        assertEquals("server.live: 1\nserver.faults: 0\nother.tens: 10\n", lines(""));
    }

    @Test
    void whatIsStillZeroIsLeftOutWhereThatIsAskedFor() {
        assertEquals("server.live: 1\nother.tens: 10\n", lines("usedonly"));
    }

    @Test
    void namesAreChosenByAnExpression() {
        assertEquals("server.live: 1\nserver.faults: 0\n", lines("filter=%5Eserver%5C."));
        assertEquals("", lines("filter=1"));
        assertEquals(400, ask("filter=(").status());
    }

    @Test
    void prometheusKeepsTheCommentsOfWhatItShows() {
        assertEquals(
                "# HELP envoy_server_live Lives\n# TYPE envoy_server_live gauge\nenvoy_server_live{} 1\n",
                lines("format=prometheus&filter=live"));
    }

    @Test
    void aFormatThatThereIsNotIsRefused() {
        String said = assertThrows(QueryException.class, () -> ask("format=json")).getMessage();
        assertEquals("format: json (expected: text or prometheus)", said);
    }

    @Test
    void aLongTextIsWholeInItsBlocks() {
        PageText text = new PageText(line -> true);
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            text.append("line ").append(Integer.toString(i)).append('\n');
            expected.append("line ").append(i).append('\n');
        }

        assertEquals(expected.toString(), new String(text.octets(), StandardCharsets.UTF_8));
    }
}
