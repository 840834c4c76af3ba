package dev.wick.route.compile;

import dev.wick.hash.SubsetKey;
import dev.wick.model.Balancing;
import dev.wick.model.Balancing.Attribute;
import dev.wick.model.Balancing.Cookie;
import dev.wick.model.Balancing.StatefulSession;
import dev.wick.route.CookieSpec;
import dev.wick.route.HashPolicy;
import dev.wick.route.HostChoice;
import dev.wick.route.SessionBinding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a route says of the host of its requests. Pure; any thread. */
final class HostChoiceCompiler {

    private HostChoiceCompiler() {}

    /** Null where it says nothing. */
    static @Nullable HostChoice compile(Balancing balancing) {
        return compile(balancing, balancing.metadataMatch());
    }

    /**
     * What the route says where a cluster among which it splits requests says something of its own.
     *
     * @param own metadata; each key before the route's
     */
    static @Nullable HostChoice compile(Balancing balancing, Map<String, String> own) {
        Map<String, String> metadata = new HashMap<>(balancing.metadataMatch());
        metadata.putAll(own);
        StatefulSession session = balancing.statefulSession();
        if (balancing.hashPolicy().isEmpty() && metadata.isEmpty() && session == null) {
            return null;
        }
        List<HashPolicy> policies = new ArrayList<>(balancing.hashPolicy().size());
        for (Balancing.HashPolicy policy : balancing.hashPolicy()) {
            policies.add(policy(policy));
        }
        String subset = metadata.isEmpty() ? null : SubsetKey.of(metadata);
        return new HostChoice(policies, subset, session == null ? null : binding(session));
    }

    /** For explanations; empty where nothing is said. */
    static String describe(Balancing balancing) {
        StringBuilder text = new StringBuilder();
        for (Balancing.HashPolicy policy : balancing.hashPolicy()) {
            text.append(text.isEmpty() ? ", host by hash of " : " and ");
            text.append(describe(policy.source()));
        }
        if (!balancing.metadataMatch().isEmpty()) {
            text.append(", of the hosts with ").append(balancing.metadataMatch());
        }
        if (balancing.statefulSession() != null) {
            text.append(", bound by session");
        }
        return text.toString();
    }

    private static String describe(Balancing.Source source) {
        if (source instanceof Balancing.HeaderSource header) {
            return "header " + header.headerName();
        } else if (source instanceof Balancing.CookieSource from) {
            return "cookie " + from.cookie().name();
        } else if (source instanceof Balancing.QueryParameterSource query) {
            return "query parameter " + query.name();
        }
        return "the client's address";
    }

    private static HashPolicy policy(Balancing.HashPolicy policy) {
        boolean terminal = policy.terminal();
        Balancing.Source source = policy.source();
        if (source instanceof Balancing.HeaderSource header) {
            return HashPolicy.header(header.headerName().toLowerCase(Locale.ROOT), terminal);
        } else if (source instanceof Balancing.CookieSource from) {
            return HashPolicy.cookie(cookie(from.cookie()), terminal);
        } else if (source instanceof Balancing.QueryParameterSource query) {
            return HashPolicy.queryParameter(query.name(), terminal);
        }
        return HashPolicy.sourceAddress(terminal);
    }

    private static SessionBinding binding(StatefulSession session) {
        if (session.carrier() instanceof Balancing.CookieCarrier by) {
            return SessionBinding.cookie(cookie(by.cookie()), session.strict());
        } else if (session.carrier() instanceof Balancing.HeaderCarrier by) {
            return SessionBinding.header(by.name().toLowerCase(Locale.ROOT), session.strict());
        }
        throw new AssertionError(session);
    }

    private static CookieSpec cookie(Cookie cookie) {
        String[] attributes = new String[cookie.attributes().size()];
        for (int i = 0; i < attributes.length; i++) {
            Attribute attribute = cookie.attributes().get(i);
            attributes[i] =
                    attribute.value().isEmpty()
                            ? attribute.name()
                            : attribute.name() + '=' + attribute.value();
        }
        long ttl = cookie.ttl() == null ? -1 : cookie.ttl().toSeconds();
        return new CookieSpec(cookie.name(), ttl, cookie.path(), attributes);
    }
}
