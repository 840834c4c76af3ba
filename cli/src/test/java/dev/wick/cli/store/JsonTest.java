package dev.wick.cli.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonTest {

    private static Json json(String text) throws IOException {
        return Json.read(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatIsReadIsWrittenAsItWas() throws IOException {
        String text = "{\"a\":[1,2.50,true,null,\"x\\n\"],\"b\":{}}";
        assertEquals(text, json(text).compact());
    }

    @Test
    void whatIsNotThereReadsAsEmpty() throws IOException {
        Json json = json("{\"a\":1}");
        assertFalse(json.at("b").at("c").exists());
        assertEquals("", json.at("b").text());
        assertEquals(0, json.at("a").items().size());
    }

    @Test
    void aBodyThatEndsTooEarlyIsAnError() {
        assertThrows(IOException.class, () -> json("{\"a\":[1,"));
    }

    @Test
    void aRefusalHasALineForEachProblem() throws IOException {
        String body =
                """
                {"detail":"2 problems","problems":[
                {"document":"Cluster/a","field":"port","value":"0","expected":"1-65535"},
                {"document":"Cluster/b","field":"","value":"","expected":"endpoints"}]}""";
        assertEquals(
                "[Cluster/a port: 0 (expected: 1-65535), Cluster/b: missing (expected: endpoints)]",
                new Answer(422, json(body)).refusal().toString());
    }
}
