package dev.wick.store.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wick.store.admit.Answer;
import io.restassured.path.json.JsonPath;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class AnswersTest {

    @Test
    void anOutcomeThatIsNotKnownIs503WithTheRequestIdToAskFor() {
        try (Response response = Answers.print(new Answer.Unknown("r-1"))) {
            JsonPath body =
                    new JsonPath(new String((byte[]) response.getEntity(), StandardCharsets.UTF_8));
            assertEquals(503, response.getStatus());
            assertEquals("1", response.getHeaderString("Retry-After"));
            assertEquals("r-1", body.getString("requestId"));
        }
    }
}
