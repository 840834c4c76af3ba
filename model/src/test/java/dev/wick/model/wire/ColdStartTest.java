package dev.wick.model.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What a cold instance pays for when it reads its first slice, seen from outside in a JVM of its
 * own.
 */
class ColdStartTest {

    private static final String HOST =
            """
            {"kind":"VirtualHost","name":"v","domains":["a.com"],"routes":[
             {"match":{"path":{"prefix":"/"},"methods":["GET"],"headers":[{"name":"x","regex":"a*"}],"query":[{"name":"q","present":true}]},
              "route":{"cluster":"c","timeout":"5s"},"requestHeaders":{"add":[{"name":"x","value":"1"}]}},
             {"match":{"path":{"regex":"/a"}},"redirect":{"scheme":"https"}},
             {"match":{"path":{"exact":"/b"}},"directResponse":{"status":200}}]}
            """;

    private static final String CLUSTER =
            "{\"kind\":\"Cluster\",\"name\":\"c\",\"endpoints\":[{\"address\":\"::1\",\"port\":1}],\"lbPolicy\":\"LEAST_REQUEST\"}";

    private static final String LISTENER = "{\"kind\":\"Listener\",\"name\":\"http\",\"port\":80}";

    /**
     * Reads as an instance does; names what it read, and what stays away from that path stays away
     * from the naming too.
     */
    static final class Instance {

        private Instance() {}

        public static void main(String[] arguments) throws IOException {
            for (String json : List.of(HOST, CLUSTER, LISTENER)) {
                try (JsonParser parser = Json.parser(json.getBytes(StandardCharsets.UTF_8))) {
                    parser.nextToken();
                    System.out.println(Json.read(parser).name());
                }
            }
        }
    }

    @Test
    void readingASliceTouchesNothingThatIsDear() throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-Xlog:class+init=info:stdout",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Instance.class.getName())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(0, process.waitFor(), said);
        assertTrue(said.contains("\nhttp\n"), said);
        TreeSet<String> dear = new TreeSet<>();
        for (String name :
                List.of(
                        "java/math/BigDecimal",
                        "java/lang/runtime/ObjectMethods",
                        "java/lang/runtime/SwitchBootstraps",
                        "java/lang/invoke/StringConcatFactory",
                        "java/util/regex/Pattern",
                        "com/fasterxml/jackson/core/base/ParserBase",
                        "com/fasterxml/jackson/databind",
                        "com/google/re2j",
                        "org/yaml",
                        "java/net/IDN",
                        "dev/wick/model/check/Syntax",
                        "dev/wick/model/wire/Documents",
                        "dev/wick/model/wire/SecretShape")) {
            if (said.contains("'" + name)) {
                dear.add(name);
            }
        }
        assertEquals(new TreeSet<>(), dear);
    }
}
