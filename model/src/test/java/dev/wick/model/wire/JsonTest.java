package dev.wick.model.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.wick.model.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    void aFieldThatIsNewerThanTheReaderIsRefusedWithItsPlace() {
        assertEquals(
                new Problem(
                        "VirtualHost/v",
                        "routes[0].match.path.glob",
                        "\"/\"",
                        "a field of PathMatch: prefix, exact, pathSeparatedPrefix, regex, template, connectMatcher, caseSensitive"),
                problem(
                        "{'kind':'VirtualHost','name':'v','domains':['a'],'routes':[{'match':{'path':{'glob':'/'}}}]}"));
        assertEquals(
                new Problem(
                        "Cluster/c",
                        "lbPolicy",
                        "\"CLUSTER_PROVIDED\"",
                        "ROUND_ROBIN or LEAST_REQUEST or RING_HASH or RANDOM or MAGLEV"),
                problem("{'kind':'Cluster','name':'c','lbPolicy':'CLUSTER_PROVIDED'}"));
    }

    @Test
    void aKindThatIsNewerThanTheReaderIsRefused() {
        assertEquals(
                new Problem(
                        "document:1",
                        "kind",
                        "\"Filter\"",
                        "Listener, VirtualHost, Cluster, Endpoints, Secret or Runtime"),
                problem("{'kind':'Filter','name':'f'}"));
    }

    @Test
    void whatIsNoDocumentIsRefused() {
        for (String text :
                new String[] {
                    "", "1", "[]", "{}", "{", "{'kind':'Cluster'", "{'kind':'Cluster','name':'c'"
                }) {
            problem(text);
        }
    }

    @Test
    void theDocumentBehindOneThatIsRefusedCanBeRead() throws IOException {
        String text =
                "[{'kind':'Cluster','name':'a','new':{'x':[1,{}]},'y':[]},{'kind':'Filter','z':[[]]},{'kind':'Cluster','name':'b'}]";
        try (JsonParser parser = Json.parser(bytes(text))) {
            parser.nextToken();
            for (int i = 0; i < 2; i++) {
                assertEquals(JsonToken.START_OBJECT, parser.nextToken());
                assertThrows(WireException.class, () -> Json.read(parser));
                assertEquals(JsonToken.END_OBJECT, parser.currentToken());
            }
            assertEquals(JsonToken.START_OBJECT, parser.nextToken());
            assertEquals("b", Json.read(parser).name());
            assertEquals(JsonToken.END_ARRAY, parser.nextToken());
        }
    }

    @Test
    void theDocumentBehindWhatIsNoneCanBeRead() throws IOException {
        try (JsonParser parser = Json.parser(bytes("[1,[2,[3]],{'kind':'Cluster','name':'b'}]"))) {
            parser.nextToken();
            for (int i = 0; i < 2; i++) {
                parser.nextToken();
                assertThrows(WireException.class, () -> Json.read(parser));
            }
            assertEquals(JsonToken.START_OBJECT, parser.nextToken());
            assertEquals("b", Json.read(parser).name());
        }
    }

    @Test
    void valuesThatAdmissionHasCheckedAreNotCheckedAgain() {
        assertEquals(
                "v",
                Json.read(
                                bytes(
                                        "{'kind':'VirtualHost','name':'v','domains':['a b'],'routes':[{'match':{'path':{'regex':'('}},'route':{'cluster':'c'}}]}"))
                        .name());
    }

    private static Problem problem(String text) {
        return assertThrows(WireException.class, () -> Json.read(bytes(text)), text).problem();
    }

    private static byte[] bytes(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
