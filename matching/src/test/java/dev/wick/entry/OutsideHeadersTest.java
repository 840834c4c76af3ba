package dev.wick.entry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wick.http.Headers;
import dev.wick.http.RequestHead;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutsideHeadersTest {

    private static List<String> left(boolean edge, boolean internal) {
        Headers headers = new RequestHead().headers();
        for (String name :
                List.of(
                        "accept",
                        "x-envoy-internal",
                        "x-envoy-retry-on",
                        "x-envoy-original-path",
                        "x-mine")) {
            headers.add(name, "1");
        }
        OutsideHeaders.takeOut(headers, edge, internal);
        List<String> left = new ArrayList<>();
        for (int i = 0; i < headers.size(); i++) {
            left.add(headers.name(i));
        }
        return left;
    }

    @Test
    void whoIsOutsideSaysNothingToTheGateway() {
        assertEquals(List.of("accept", "x-mine"), left(true, false));
    }

    @Test
    void whoIsInsideIsBelieved() {
        assertEquals(
                List.of("accept", "x-envoy-retry-on", "x-envoy-original-path", "x-mine"),
                left(false, true));
    }

    @Test
    void whatAnotherGatewayHasSaidIsKeptBehindIt() {
        assertEquals(List.of("accept", "x-envoy-original-path", "x-mine"), left(false, false));
    }
}
