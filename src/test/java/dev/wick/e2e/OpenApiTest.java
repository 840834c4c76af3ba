package dev.wick.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.StoreApi;
import io.restassured.path.json.JsonPath;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every operation that {@code /openapi} names is there, and answers as it says. */
class OpenApiTest {

    private static final StoreApi API = Store.shared().gateway("described");

    private static final Map<String, String> VALUES =
            Map.of(
                    "gateway", "described",
                    "kind", "Cluster",
                    "name", "there",
                    "revision", "1",
                    "id", "nobody",
                    "instance", "i1",
                    "listener", "http",
                    "chain", "-",
                    "host", "there.test");

    private static final Map<String, String> BODIES =
            Map.of(
                    "PUT", "{\"endpoints\":[{\"address\":\"127.0.0.1\",\"port\":1}]}",
                    "/apply", Documents.cluster("there", 1),
                    "/explain", "{\"method\":\"GET\",\"url\":\"http://there.test/\"}",
                    "/follow", "{\"instance\":\"i1\"}",
                    "/v1/tokens", "{\"role\":\"reader\"}");

    @AutoClose private final HttpClient client = HttpClient.newHttpClient();

    private record Operation(String method, String path, Set<String> statuses) {

        String uri() {
            String filled = path;
            for (Map.Entry<String, String> value : VALUES.entrySet()) {
                filled = filled.replace("{" + value.getKey() + "}", value.getValue());
            }
            return filled;
        }

        String body() {
            String body = method.equals("PUT") ? BODIES.get("PUT") : "{}";
            for (Map.Entry<String, String> one : BODIES.entrySet()) {
                body = path.endsWith(one.getKey()) ? one.getValue() : body;
            }
            return body;
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    @BeforeAll
    static void configuration() {
        API.apply(
                Documents.listener()
                        + Documents.cluster("there", 1)
                        + Documents.saying("there", "there.test", "hi"));
    }

    private static List<Operation> operations() {
        JsonPath description = API.withToken("").root().get("/openapi?format=json").jsonPath();
        Map<String, Map<String, Map<String, Object>>> paths = description.getMap("paths");
        List<Operation> operations = new ArrayList<>();
        new TreeMap<>(paths)
                .forEach(
                        (path, item) ->
                                item.forEach(
                                        (method, operation) -> {
                                            if (operation.get("responses")
                                                    instanceof Map<?, ?> responses) {
                                                Set<String> statuses =
                                                        Set.copyOf(
                                                                responses.keySet().stream()
                                                                        .map(String::valueOf)
                                                                        .toList());
                                                operations.add(
                                                        new Operation(
                                                                method.toUpperCase(),
                                                                path,
                                                                statuses));
                                            }
                                        }));
        return operations;
    }

    private int status(Operation operation, String token, String query) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(Store.shared().url() + operation.uri() + query))
                        .method(
                                operation.method(),
                                Set.of("GET", "DELETE").contains(operation.method())
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(operation.body()));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<InputStream> response =
                client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        response.body().close(); // a stream of events has no end
        return response.statusCode();
    }

    private static void assertSaid(Operation operation, int status) {
        assertTrue(
                operation.statuses().contains(Integer.toString(status)),
                () -> operation + " answers " + status + ", and says " + operation.statuses());
    }

    @Test
    void every_operation_answers_as_it_is_described() throws Exception {
        List<Operation> operations = operations();
        assertTrue(operations.size() > 20, operations::toString);
        String admin = Store.shared().adminToken();
        for (Operation operation : operations) {
            if (operation.path().endsWith("/rotate")) {
                continue; // KeyRotationTest does, to a store of its own
            }
            boolean instances = operation.toString().matches("POST .*(follow|instances|drop).*");
            int status = status(operation, instances ? Store.shared().instanceToken() : admin, "");
            assertSaid(operation, status);
            assertTrue(
                    status < 500 && status != 401 && status != 403, () -> operation + " " + status);
        }
    }

    @Test
    void who_may_not_is_told_so_by_every_operation() throws Exception {
        for (Operation operation : operations()) {
            boolean open = operation.path().equals("/v1/schema");
            assertEquals(open ? 200 : 401, status(operation, "", ""), operation::toString);
            int status = status(operation, Store.shared().instanceToken(), "?no=1");
            assertSaid(operation, status);
            assertTrue(open || status == 403 || status == 422, () -> operation + " " + status);
        }
    }
}
