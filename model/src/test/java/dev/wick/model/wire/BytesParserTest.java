package dev.wick.model.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jackson's own parser is the measure. */
class BytesParserTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{}",
                "[]",
                "{} []\n1 ",
                "[1,2,{\"a\":[true,false,null]}]",
                "\"\"",
                "\"a\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\"",
                "{\"ü\":\"€\ud83d\ude00\"}",
                "0",
                "-0",
                "-1.5e+10",
                "[0.1E-2]",
                "1e5 ",
                "\ufeff{}",
                "[1 ,\r\n 2\t]",
                "{",
                "[",
                "]",
                "}",
                "{]",
                "[}",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\" 1}",
                "{\"a\":1,}",
                "[1,]",
                "[,1]",
                "[1 2]",
                "{a:1}",
                "{'a':1}",
                "01",
                "-",
                "1.",
                "1e",
                ".5",
                "+1",
                "tru",
                "truex",
                "nul",
                "NaN",
                "\"a",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\n\"",
                "\"\t\"",
                "// c\n1",
                "[1]]",
                "{\"a\":1 \"b\":2}",
                "{1:2}",
                "[1x]",
                "[\"a\"b]",
                "99999999999999999999",
                "\"\\ud83d\\ude00\""
            })
    void aTextHasTheTokensThatJacksonFindsInIt(String text) throws IOException {
        byte[] json = text.getBytes(StandardCharsets.UTF_8);

        assertEquals(tokens(jackson(json)), tokens(Json.parser(json)), text);
    }

    @Test
    void soDoTextsThatWereMutated() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        RandomDocuments documents = new RandomDocuments(seed);
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text =
                    new StringBuilder(
                            new String(Json.write(documents.document()), StandardCharsets.UTF_8));
            for (int i = random.nextInt(4); i > 0; i--) {
                String piece = PIECES[random.nextInt(PIECES.length)];
                text.insert(random.nextInt(text.length() + 1), piece);
            }
            byte[] json = text.toString().getBytes(StandardCharsets.UTF_8);

            assertEquals(
                    tokens(jackson(json)), tokens(Json.parser(json)), "seed " + seed + ": " + text);
        }
    }

    private static final String[] PIECES = {
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u00e9", "\n", " ", "1", "-", "0", "1.5",
        "true", "null", "ü", "\u0000", "\"a\":"
    };

    @Test
    void bytesThatAreNoUtf8AreRefused() {
        Random random = new Random();
        for (byte[] bytes :
                List.of(
                        new byte[] {(byte) 0xc0, (byte) 0x80},
                        new byte[] {(byte) 0x80},
                        new byte[] {(byte) 0xe0, (byte) 0x80, (byte) 0x80},
                        new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
                        new byte[] {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
                        new byte[] {(byte) 0xf0, (byte) 0x9f, (byte) 0x98},
                        new byte[] {(byte) (0xf5 + random.nextInt(11)), (byte) 0x80})) {
            byte[] json = new byte[bytes.length + 2];
            System.arraycopy(bytes, 0, json, 1, bytes.length);
            json[0] = '"';
            json[json.length - 1] = '"';

            assertThrows(JsonParseException.class, () -> Json.parser(json).nextToken());
        }
    }

    @Test
    void offsetsAreThoseOfTheBytes() throws IOException {
        byte[] json = "\n{\"ü\": {\"a\": 1} }".getBytes(StandardCharsets.UTF_8);
        try (JsonParser parser = Json.parser(json);
                JsonParser jackson = jackson(json)) {
            while (jackson.nextToken() != null) {
                parser.nextToken();

                assertEquals(
                        jackson.currentTokenLocation().getByteOffset(),
                        parser.currentTokenLocation().getByteOffset());
                if (jackson.currentToken().isStructEnd()) {
                    assertEquals(
                            jackson.currentLocation().getByteOffset(),
                            parser.currentLocation().getByteOffset());
                }
                assertEquals(jackson.currentName(), parser.currentName());
                assertEquals(
                        jackson.currentTokenLocation().getLineNr(),
                        parser.currentTokenLocation().getLineNr());
            }
        }
    }

    @Test
    void childrenAreSkipped() throws IOException {
        JsonParser parser =
                Json.parser("{\"a\":[{\"b\":[]},1],\"c\":2}".getBytes(StandardCharsets.UTF_8));
        parser.nextToken();
        parser.nextToken();
        parser.nextToken();
        parser.skipChildren();

        assertEquals(JsonToken.END_ARRAY, parser.currentToken());
        assertEquals("c", parser.nextFieldName());
        assertEquals(2, parser.nextIntValue(0));
        parser.nextToken();
        assertEquals(null, parser.nextToken());
    }

    @Test
    void numbersAreWhatTheySay() throws IOException {
        JsonParser parser =
                Json.parser(
                        "[1, -5000000000, 1.5, 99999999999999999999]"
                                .getBytes(StandardCharsets.UTF_8));
        parser.nextToken();
        parser.nextToken();
        assertEquals(1, parser.getIntValue());
        parser.nextToken();
        assertEquals(-5_000_000_000L, parser.getLongValue());
        assertThrows(JsonParseException.class, parser::getIntValue);
        parser.nextToken();
        assertEquals(1.5, parser.getDoubleValue());
        assertThrows(JsonParseException.class, parser::getLongValue);
        parser.nextToken();
        assertEquals("99999999999999999999", parser.getNumberValue().toString());
    }

    private static JsonParser jackson(byte[] json) throws IOException {
        return JsonTokens.FACTORY.createParser(json);
    }

    private static String tokens(JsonParser parser) throws IOException {
        StringBuilder tokens = new StringBuilder();
        try (parser) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                tokens.append(token).append(' ').append(parser.getText());
                tokens.append('@').append(parser.currentName());
                tokens.append('/')
                        .append(parser.getParsingContext().getNestingDepth())
                        .append('\n');
            }
            return tokens.toString();
        } catch (JsonProcessingException e) {
            return "broken";
        }
    }
}
