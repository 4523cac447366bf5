package io.mnemosyne.schemas.serde;

import java.util.ArrayList;
import java.util.List;

/** Ids given in the order in which they are asked for, from 1, kept in memory. For tests and runs without a broker. */
public final class LocalSchemaIds implements SchemaIds {
    private final List<String> schemas = new ArrayList<>();

    @Override
    public synchronized int idOf(String subject, String schemaJson) {
        int known = schemas.indexOf(schemaJson);
        if (known >= 0) {
            return known + 1;
        }
        schemas.add(schemaJson);
        return schemas.size();
    }

    @Override
    public synchronized String schemaOf(int id) {
        if (id < 1 || id > schemas.size()) {
            throw new UnknownSchemaException("no schema has the id " + id + "; known are 1 to " + schemas.size());
        }
        return schemas.get(id - 1);
    }
}
