package dev.wick.store.explain;

import dev.wick.entry.AddressRules;
import dev.wick.entry.ClientAddress;
import dev.wick.entry.OutsideHeaders;
import dev.wick.entry.compile.EntryCompiler;
import dev.wick.http.Headers;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whose a request is, and what it may say of itself: found out as instances find it out. */
final class Trust {

    private Trust() {}

    /**
     * Takes out of a request's headers what it may not say.
     *
     * @param steps hears who it is, what is taken out and what is believed
     * @return what the request is answered with, where its address is not found; null: it goes on
     */
    static @Nullable String apply(
            Headers headers, Question question, Accepting accepting, List<String> steps) {
        AddressRules rules = EntryCompiler.addresses(accepting.http().clientAddress());
        ClientAddress client = ClientAddress.find(headers, question.sourceOctets(), rules);
        if (client.rejectWithStatus() != 0) {
            return client.rejectWithStatus() + ": the client's address is not found";
        }
        boolean internal = client.internal(rules);
        String address = client.text();
        String kind = internal ? "internal" : "external";
        steps.add("client " + (address == null ? "of no known address" : address) + ": " + kind);
        Set<String> before = names(headers);
        OutsideHeaders.takeOut(headers, !internal && rules.useRemoteAddress(), internal);
        Set<String> after = names(headers);
        for (String name : before) {
            if (!after.contains(name)) {
                steps.add("header " + name + ": taken out, as the client is " + kind);
            } else if (OutsideHeaders.internalOnly(name)) {
                steps.add("header " + name + ": believed, as the client is internal");
            }
        }
        return null;
    }

    private static Set<String> names(Headers headers) {
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < headers.size(); i++) {
            names.add(headers.name(i));
        }
        return names;
    }
}
