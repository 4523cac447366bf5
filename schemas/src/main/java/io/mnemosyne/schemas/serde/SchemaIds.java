package io.mnemosyne.schemas.serde;

/** Ids of schemas. Implementations are thread-safe and answer from memory what they were asked before. */
public interface SchemaIds {

    /**
     * The id of a schema that is registered under a subject.
     *
     * @param schemaJson Avro schema as self-contained JSON
     * @throws SchemaLookupException if the registry cannot be reached or does not have it; retriable
     */
    int idOf(String subject, String schemaJson);

    /**
     * The schema of an id as JSON.
     *
     * @throws SchemaLookupException if the registry cannot be reached; retriable
     * @throws UnknownSchemaException if the registry has no Avro schema with this id
     */
    String schemaOf(int id);
}
