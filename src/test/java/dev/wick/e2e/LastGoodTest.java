package dev.wick.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.PretendStore;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An instance meets a field that is newer than itself. */
class LastGoodTest {

    private static String host(String body, String newerField) {
        return """
        {"kind":"VirtualHost","name":"last","domains":["last.test"],%s"routes":[{"match":{"path":{"prefix":"/"}},\
        "directResponse":{"status":200,"body":"%s"}}]}\
        """
                .formatted(newerField, body);
    }

    @Test
    void a_part_that_will_not_compile_leaves_the_last_good_one_serving_and_is_reported() {
        try (PretendStore store = new PretendStore();
                Gateway gateway = Gateway.start(store.url(), "default", "token")) {
            store.put("last.test", 1, host("good", ""), "");
            assertEquals("good", gateway.get("last.test", "/").text());

            String newer = host("newer", "\"fromTheFuture\":{\"x\":1},");
            store.put("last.test", 2, newer, "");
            store.tell(
                    "revision",
                    2,
                    "{\"revision\":2,\"documents\":[{\"kind\":\"VirtualHost\",\"name\":\"last\",\"document\":"
                            + newer
                            + "}]}");

            await().atMost(Duration.ofSeconds(30))
                    .until(
                            () ->
                                    store.reports().stream()
                                            .anyMatch(report -> report.contains("fromTheFuture")));
            assertEquals("good", gateway.get("last.test", "/").text());

            store.put("last.test", 3, host("understood", ""), "");
            store.tell(
                    "revision",
                    3,
                    "{\"revision\":3,\"documents\":[{\"kind\":\"VirtualHost\",\"name\":\"last\",\"document\":"
                            + host("understood", "")
                            + "}]}");
            await().untilAsserted(
                            () -> assertEquals("understood", gateway.get("last.test", "/").text()));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !store.reports().getLast().contains("fromTheFuture"));
        }
    }
}
