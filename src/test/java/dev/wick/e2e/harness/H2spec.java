package dev.wick.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** h2spec, the conformance test of HTTP/2 servers, where {@code ./wick peers} has fetched it. */
public final class H2spec {

    private static final Path BINARY = Peer.binary("h2spec");

    /** Seconds that it waits for what a server may do, and for a server that does nothing. */
    private static final String PATIENCE = "2";

    /** That the whole run may take: a case that waits for what does not come takes all of its. */
    private static final Duration WHOLE_RUN = Duration.ofSeconds(100);

    /**
     * What it found.
     *
     * @param failures of its cases: section, what was done, what was expected and what was seen
     */
    public record Report(int cases, int skipped, List<String> failures) {
        public int passed() {
            return cases - skipped - failures.size();
        }
    }

    private H2spec() {}

    /** Skips the test where there is no h2spec. */
    public static void require() {
        Peer.require("h2spec", BINARY);
    }

    /**
     * Runs all its cases.
     *
     * @param path answered with 200 and a body of some octets, be it GET or POST
     */
    public static Report run(int port, String path) {
        try (Folder folder = Folder.temporary("h2spec")) {
            Path report = folder.resolve("report.xml");
            List<String> command =
                    List.of(
                            BINARY.toString(),
                            "-h",
                            "127.0.0.1",
                            "-p",
                            Integer.toString(port),
                            "-P",
                            path,
                            "-o",
                            PATIENCE,
                            "-j",
                            report.toString());
            try (Child child = Child.start("h2spec", command, Map.of(), folder.path())) {
                child.awaitEnd(WHOLE_RUN);
                if (!Files.exists(report)) {
                    throw new AssertionError("no report of h2spec:\n" + child.output());
                }
            }
            return read(report);
        }
    }

    private static Report read(Path report) {
        try {
            NodeList cases =
                    DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(report.toFile())
                            .getElementsByTagName("testcase");
            List<String> failures = new ArrayList<>();
            int skipped = 0;
            for (int i = 0; i < cases.getLength(); i++) {
                Element one = (Element) cases.item(i);
                skipped += one.getElementsByTagName("skipped").getLength();
                NodeList failure = one.getElementsByTagName("failure");
                NodeList error = one.getElementsByTagName("error");
                if (failure.getLength() + error.getLength() > 0) {
                    NodeList why = failure.getLength() > 0 ? failure : error;
                    failures.add(
                            one.getAttribute("package")
                                    + ": "
                                    + one.getAttribute("classname")
                                    + ": "
                                    + why.item(0).getTextContent().strip());
                }
            }
            return new Report(cases.getLength(), skipped, failures);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ParserConfigurationException | SAXException e) {
            throw new IllegalStateException(e);
        }
    }
}
