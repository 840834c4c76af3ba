package dev.wick.model.check;

import dev.wick.model.HttpOptions;
import dev.wick.model.HttpProtocols.Http1;

/** What must hold of how a listener treats HTTP. */
public final class HttpRules {

    private HttpRules() {}

    /** All rules of the options and of what they hold. */
    static void walk(HttpOptions options, Findings findings) {
        findings.enter("http1");
        http1(options.protocols().http1(), findings);
        findings.leave();
    }

    public static void http1(Http1 options, Findings findings) {
        String host = options.defaultHostForHttp10();
        if (host != null) {
            findings.text("defaultHostForHttp10", host, Syntax.authority(host));
        }
    }
}
