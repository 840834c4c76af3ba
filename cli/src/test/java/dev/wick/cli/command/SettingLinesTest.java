package dev.wick.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.cli.store.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingLinesTest {

    private static List<String> lines(String answer) throws IOException {
        return SettingLines.of(
                Json.read(answer.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void whatDocumentsSayComesBeforeDefaults() throws IOException {
        String answer =
                """
                {'settings': [
                  {'of': 'route 0', 'name': 'priority', 'value': 'DEFAULT', 'from': 'default'},
                  {'of': 'route 0', 'name': 'timeout', 'value': '3s', 'from': 'route 0'},
                  {'of': 'route 0', 'name': 'retryPolicy.retryOn', 'value': '5xx', 'from': 'VirtualHost/a'},
                  {'of': 'route 0', 'name': 'upgrades', 'value': 'none', 'from': 'default'},
                  {'of': 'route 0', 'name': 'retryPolicy.numRetries', 'value': '1', 'from': 'default'},
                  {'of': 'route 0', 'name': 'retryPolicy.perTryTimeout', 'value': 'none', 'from': 'default'},
                  {'of': 'Cluster/a', 'name': 'body', 'value': 'x\\ny', 'from': 'Cluster/a'}]}
                """;
        assertEquals(
                List.of(
                        "route 0",
                        "  timeout              3s",
                        "  retryPolicy.retryOn  5xx  from VirtualHost/a",
                        "  by default",
                        "    priority DEFAULT, upgrades none",
                        "    retryPolicy: numRetries 1, perTryTimeout none",
                        "Cluster/a",
                        "  body  x\\ny"),
                lines(answer));
    }

    @Test
    void headersStandInTheirOrder() throws IOException {
        String answer =
                """
                {'headerChanges': [
                  {'message': 'request', 'action': 'REMOVE', 'name': 'a', 'value': null, 'from': 'route 0'},
                  {'message': 'request', 'action': 'ADD_IF_ABSENT', 'name': 'b', 'value': 'c', 'from': 'Listener/http'},
                  {'message': 'response', 'action': 'REMOVE', 'name': 'd', 'value': null, 'from': 'route 0'}]}
                """;
        assertEquals(
                List.of(
                        "request headers, in this order",
                        "  REMOVE         a     route 0",
                        "  ADD_IF_ABSENT  b: c  Listener/http",
                        "response headers, in this order",
                        "  REMOVE  d  route 0"),
                lines(answer));
    }

    @Test
    void manyDefaultsAreBrokenIntoLines() throws IOException {
        StringBuilder settings = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            settings.append(i == 0 ? "" : ",")
                    .append("{'of':'x','name':'name")
                    .append(i)
                    .append("','value':'none','from':'default'}");
        }
        List<String> lines = lines("{'settings': [" + settings + "]}");
        assertTrue(lines.size() > 4, lines::toString);
        lines.forEach(line -> assertTrue(line.length() <= 101, line));
    }
}
