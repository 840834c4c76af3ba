package dev.wick.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.e2e.harness.Documents;
import dev.wick.e2e.harness.Gateway;
import dev.wick.e2e.harness.H2spec;
import dev.wick.e2e.harness.Store;
import dev.wick.e2e.harness.Upstream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * h2spec by cleartext HTTP/2, to a host that speaks HTTP/1.1. Two of its cases fail on purpose:
 *
 * <ul>
 *   <li>a connection preface that is none: the port speaks HTTP/1.1 as well, so that what is no
 *       preface is answered as a request of HTTP/1.1 that is none, and the connection ends;
 *   <li>HEADERS on a closed stream: RFC 9113 (5.1) leaves open whether the connection ends, as RFC
 *       7540 had it, and a client that has not seen its stream reset yet may send trailers. The
 *       stream is reset.
 * </ul>
 */
class H2specTest {

    private static final int CASES = 145;
    private static final int LEAST = 140;

    @BeforeAll
    static void require() {
        H2spec.require();
    }

    @Test
    void http2_conforms_to_its_specification() {
        try (Upstream upstream = Upstream.saying("what h2spec wants to read")) {
            Store.shared()
                    .gateway("h2spec")
                    .apply(
                            Documents.listener()
                                    + Documents.hostAndCluster("h2spec", "*", upstream.port()));
            try (Gateway gateway = Gateway.start(Store.shared(), "h2spec")) {
                H2spec.Report report = H2spec.run(gateway.port(), "/");
                String failures = String.join("\n", report.failures());
                System.out.printf(
                        "h2spec: %d of %d cases pass, %d skipped; not these:%n%s%n",
                        report.passed(), report.cases(), report.skipped(), failures);
                assertEquals(CASES, report.cases(), failures);
                assertTrue(report.passed() >= LEAST, failures);
            }
        }
    }
}
