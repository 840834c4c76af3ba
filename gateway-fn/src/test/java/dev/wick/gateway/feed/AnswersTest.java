package dev.wick.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswersTest {

    private static final String HOST =
            "{\"kind\":\"VirtualHost\",\"name\":\"a\",\"domains\":[\"ä.test\"],\"routes\":[]}";
    private static final String CLUSTER = "{\"kind\":\"Cluster\",\"name\":\"c\"}";

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Part part) {
        return new String(part.json(), StandardCharsets.UTF_8);
    }

    @Test
    void aSliceHoldsItsDocumentsByteForByte() throws IOException {
        String slice =
                "{ \"epoch\":\"e\",\"revision\":7,\"domain\":\"*.test\", \"virtualHost\": "
                        + HOST
                        + " ,\"later\":{\"x\":[1]},\"documents\":[ "
                        + CLUSTER
                        + " , "
                        + CLUSTER.replace("c", "d")
                        + "]}";

        Slice read = Answers.slice(octets(slice), "\"tag\"");

        assertEquals("e", read.epoch());
        assertEquals(7, read.revision());
        assertEquals("*.test", read.domain());
        assertEquals("\"tag\"", read.etag());
        assertEquals(HOST, text(read.virtualHost()));
        assertEquals(new DocumentKey("VirtualHost", "a"), read.virtualHost().key());
        assertEquals(CLUSTER, text(read.documents().get(0)));
    }

    @Test
    void ofAnEjectionItIsReadHowLongItLastsYetIfThatIsSaid() throws IOException {
        String host = "{\"cluster\":\"c\",\"address\":\"a\",\"ejected\":true,\"ageMillis\":5";
        String slice =
                "{\"epoch\":\"e\",\"revision\":7,\"domain\":\"*\",\"virtualHost\":"
                        + HOST
                        + ",\"documents\":[],"
                        + "\"health\":["
                        + host
                        + "},"
                        + host
                        + ",\"ejectionLeftMillis\":9}]}";

        Slice read = Answers.slice(octets(slice), "");

        assertEquals(new HostHealth("c", "a", false, true, 5, -1), read.health().get(0));
        assertEquals(new HostHealth("c", "a", false, true, 5, 9), read.health().get(1));
    }

    @Test
    void aDocumentThatIsNotUnderstoodStillHasItsPlaceAndAProblem() throws IOException {
        String newer = HOST.replace("\"domains\"", "\"shiny\":{\"a\":[{}]},\"domains\"");

        Slice read =
                Answers.slice(
                        octets(
                                "{\"epoch\":\"e\",\"revision\":1,\"virtualHost\":"
                                        + newer
                                        + ",\"documents\":["
                                        + CLUSTER
                                        + "]}"),
                        "");

        assertEquals("shiny", read.virtualHost().read().problem().field());
        assertEquals("VirtualHost/a", read.virtualHost().read().problem().document());
        assertNotNull(read.documents().get(0).read().document());
    }

    @Test
    void anEventSaysWhatChangedAndWhatWent() throws IOException {
        String event =
                "{\"revision\":9,\"hosts\":[{\"listener\":\"http\",\"chain\":\"\",\"host\":\"a.test:81\"}],"
                        + "\"documents\":[{\"kind\":\"Cluster\",\"name\":\"c\",\"document\":"
                        + CLUSTER
                        + "},{\"kind\":\"Cluster\",\"name\":\"gone\",\"document\":null}],\"listeners\":true}";

        Changed changed = Answers.changed(octets(event));

        assertEquals(List.of(new HostName("http", "", "a.test:81")), changed.hosts());
        assertEquals(CLUSTER, text(changed.documents().get(0)));
        assertNull(changed.documents().get(1).json());
        assertTrue(changed.listeners());
    }

    @Test
    void aNumberAloneIsNoChange() throws IOException {
        assertTrue(Answers.changed(octets("{\"revision\":9}")).isEmpty());
    }

    @Test
    void whatIsNoSliceIsRefused() {
        for (String bad :
                List.of(
                        "",
                        "[]",
                        "{}",
                        "{\"epoch\":\"e\",\"revision\":1}",
                        "{\"epoch\":\"e\",\"virtualHost\":" + HOST + "}",
                        "{\"epoch\":\"e\",\"revision\":1,\"virtualHost\":{\"name\":\"x\"}}",
                        "{\"epoch\":\"e\",\"revision\":1,\"virtualHost\":" + HOST,
                        "{\"epoch\":\"e\",\"revision\":1,\"virtualHost\":[]}")) {
            assertThrows(Exception.class, () -> Answers.slice(octets(bad), ""), bad);
        }
    }
}
