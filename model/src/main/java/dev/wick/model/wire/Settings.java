package dev.wick.model.wire;

import dev.wick.model.Document;
import dev.wick.model.Route;
import java.util.List;

/**
 * Every field of a part of the configuration, those with their defaults included: told by the same
 * shapes that read and write documents, so that there is no field that is not told.
 */
public final class Settings {

    private Settings() {}

    /** Of a document, in the order of the language; its kind is left out. */
    public static List<Setting> of(Document document) {
        Telling telling = new Telling();
        tell(Shapes.of(document.kind()), document, telling);
        return telling.settings();
    }

    @SuppressWarnings("unchecked") // a kind's shape is that of its documents
    private static <D extends Document> void tell(
            Shape<D> shape, Document document, Telling telling) {
        shape.tell((D) document, telling);
    }

    /** Of a route. */
    public static List<Setting> of(Route route) {
        Telling telling = new Telling();
        RouteShapes.ROUTE.tell(route, telling);
        return telling.settings();
    }
}
