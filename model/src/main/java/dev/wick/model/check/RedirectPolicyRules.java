package dev.wick.model.check;

import dev.wick.model.InternalRedirectPolicy;
import dev.wick.model.Problem;
import java.util.List;

/** What must hold of which redirects are followed here. */
public final class RedirectPolicyRules {

    private static final List<Integer> CODES = List.of(301, 302, 303, 307, 308);

    private RedirectPolicyRules() {}

    public static void policy(InternalRedirectPolicy policy, Findings findings) {
        int most = policy.maxInternalRedirects();
        if (most < 0 || most > 100) {
            findings.add("maxInternalRedirects", Integer.toString(most), "0-100");
        }
        if (!CODES.containsAll(policy.redirectResponseCodes())
                || policy.redirectResponseCodes().isEmpty()) {
            findings.add(
                    "redirectResponseCodes",
                    policy.redirectResponseCodes().toString(),
                    "some of 301, 302, 303, 307, 308");
        }
        findings.enter("responseHeadersToCopy");
        for (int i = 0; i < policy.responseHeadersToCopy().size(); i++) {
            String name = policy.responseHeadersToCopy().get(i);
            String expected = Syntax.changedHeader(name);
            if (expected != null) {
                findings.enter(i);
                findings.add(Problem.shown(name), expected);
                findings.leave();
            }
        }
        findings.leave();
    }
}
