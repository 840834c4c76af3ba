package dev.wick.store.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wick.store.admit.Answer;
import io.restassured.path.json.JsonPath;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
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

    @Test
    void aDocumentsTagIsThatOfTheAnswerWhereWhatItChangedIsNoLongerKeptToo() {
        Answer replayed = new Answer.Applied("e", 3, 3, "r-1", List.of());
        Answer unchanged = new Answer.Applied("e", 3, 1, "r-2", List.of());
        try (Response first = Answers.printDocument(replayed);
                Response second = Answers.printDocument(unchanged)) {
            assertEquals("\"e.3\"", first.getHeaderString("ETag"));
            assertEquals("\"e.1\"", second.getHeaderString("ETag"));
        }
    }
}
