package dev.wick.model.check;

import dev.wick.model.HttpOptions;
import dev.wick.model.HttpProtocols.Http1;
import dev.wick.model.Problem;
import dev.wick.model.RouteAction;
import dev.wick.model.Upgrade;
import dev.wick.model.Upgrades;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** What must hold of how a listener treats HTTP. */
public final class HttpRules {

    private static final String UPGRADE =
            "a token as websocket, or CONNECT; not h2c, which is not passed on";

    private HttpRules() {}

    /** All rules of the options and of what they hold. */
    static void walk(HttpOptions options, Findings findings) {
        EdgeRules.walk(options, findings);
        PolicyRules.walk(options.policies(), findings);
        findings.enter("httpProtocolOptions");
        http1(options.protocols().http1(), findings);
        findings.leave();
        upgradesWithin(options.protocols().upgrades(), findings);
        options(options, findings);
    }

    /** The rules of all upgrades that a listener or a route names. */
    static void upgradesWithin(Upgrades upgrades, Findings findings) {
        findings.enter("upgrades");
        for (int i = 0; i < upgrades.upgrades().size(); i++) {
            findings.enter(i);
            upgrade(upgrades.upgrades().get(i), findings);
            findings.leave();
        }
        findings.leave();
    }

    public static void options(HttpOptions options, Findings findings) {
        EdgeRules.http(options, findings);
        PolicyRules.options(options.policies(), findings);
        upgrades(options.protocols().upgrades(), findings);
        endsNone(options.protocols().upgrades(), findings);
    }

    /** Only a route has the cluster to which plain TCP would go. */
    private static void endsNone(Upgrades upgrades, Findings findings) {
        findings.enter("upgrades");
        for (int i = 0; i < upgrades.upgrades().size(); i++) {
            if (upgrades.upgrades().get(i).connectConfig() != null) {
                findings.enter(i);
                findings.add("connectConfig", "an object", "in upgrades of a route only");
                findings.leave();
            }
        }
        findings.leave();
    }

    static void forward(RouteAction.Forward forward, Findings findings) {
        upgradesWithin(forward.upgrades(), findings);
    }

    /** What holds between the upgrades that a listener or a route names. */
    static void upgrades(Upgrades upgrades, Findings findings) {
        Set<String> before = new HashSet<>();
        findings.enter("upgrades");
        for (int i = 0; i < upgrades.upgrades().size(); i++) {
            String type = upgrades.upgrades().get(i).type();
            if (!before.add(type.toLowerCase(Locale.ROOT))) {
                findings.enter(i);
                findings.add("type", Problem.shown(type), "each type once");
                findings.leave();
            }
        }
        findings.leave();
    }

    public static void upgrade(Upgrade upgrade, Findings findings) {
        String type = upgrade.type();
        boolean good = Syntax.isToken(type) && !type.equalsIgnoreCase("h2c");
        if (type.equalsIgnoreCase("CONNECT") && !type.equals("CONNECT")) {
            good = false;
        }
        if (!good) {
            findings.add("type", Problem.shown(type), UPGRADE);
        }
        if (upgrade.connectConfig() != null && !type.equals("CONNECT")) {
            findings.add("connectConfig", "an object", "with the type CONNECT only");
        }
    }

    public static void http1(Http1 options, Findings findings) {
        String host = options.defaultHostForHttp10();
        if (host != null) {
            findings.text("defaultHostForHttp10", host, Syntax.authority(host));
        }
    }
}
