using System.Text.Json.Nodes;
using HelpDesk.Contract;

namespace HelpDesk.Tests.Document;

internal sealed class BreakingChangesTests
{
    private const string Document = """
        { "paths": { "/things": {
            "get": {
              "parameters": [{ "in": "query", "name": "sort", "schema": { "type": "string" } }],
              "security": [],
              "responses": { "200": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Thing" } } } } } },
            "post": {
              "requestBody": { "required": true, "content": { "application/json": { "schema": { "$ref": "#/components/schemas/NewThing" } } } },
              "security": [{ "key": [] }],
              "responses": { "201": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Thing" } } } } } } } },
          "components": { "schemas": {
            "NewThing": { "type": "object", "required": ["name"], "properties": {
              "name": { "type": "string", "maxLength": 10 }, "colour": { "enum": ["red", "blue"] }, "note": { "type": ["null", "string"] },
              "parts": { "type": "array", "items": { "$ref": "#/components/schemas/NewThing" } } } },
            "Thing": { "type": "object", "required": ["id", "colour"], "properties": {
              "id": { "type": "string" }, "colour": { "enum": ["red", "blue"] }, "next": { "$ref": "#/components/schemas/Thing" } } } } } }
        """;

    private static IReadOnlyList<string> After(string from, string to) => BreakingChanges.Between(JsonNode.Parse(Document)!, JsonNode.Parse(Document.Replace(from, to))!);

    [Test]
    public void The_same_document_breaks_nothing() => Assert.That(After("red", "red"), Is.Empty);

    [TestCase("\"/things\"", "\"/others\"", "GET /things is gone")]
    [TestCase("\"name\": \"sort\"", "\"name\": \"order\"", "GET /things no longer takes query sort")]
    [TestCase("\"name\": \"sort\",", "\"name\": \"sort\", \"required\": true,", "GET /things wants query sort")]
    [TestCase("\"security\": []", "\"security\": [{ \"key\": [] }]", "GET /things wants a key")]
    [TestCase("\"201\"", "\"202\"", "POST /things 201 is no longer answered")]
    [TestCase("\"required\": [\"name\"]", "\"required\": [\"name\", \"colour\"]", "POST /things request.colour is now required")]
    [TestCase("\"maxLength\": 10", "\"maxLength\": 9", "POST /things request.name: maxLength is now 9")]
    [TestCase("\"note\": { \"type\": [\"null\", \"string\"] }", "\"note\": { \"type\": \"string\" }", "POST /things request.note no longer takes null")]
    [TestCase("\"note\": {", "\"remark\": {", "POST /things request.note is gone")]
    [TestCase("\"id\": { \"type\": \"string\" }", "\"id\": { \"type\": [\"null\", \"string\"] }", "GET /things 200.id may now be null")]
    [TestCase("\"id\": { \"type\": \"string\" },", "", "GET /things 200.id is gone")]
    [TestCase("\"required\": [\"id\", \"colour\"]", "\"required\": [\"id\"]", "GET /things 200.colour may now be left out")]
    public void What_breaks_a_client_is_named(string from, string to, string expected) => Assert.That(After(from, to), Does.Contain(expected));

    [Test]
    public void A_new_word_breaks_who_reads_it_and_a_lost_one_who_sends_it()
    {
        Assert.That(After("\"red\", \"blue\"", "\"red\", \"blue\", \"green\""), Is.EqualTo(new[] { "GET /things 200.colour may now be green", "POST /things 201.colour may now be green" }));
        Assert.That(After("\"red\", \"blue\"", "\"red\""), Is.EqualTo(new[] { "POST /things request.colour no longer takes blue" }));
    }

    [TestCase("\"maxLength\": 10", "\"maxLength\": 11")]
    [TestCase("\"required\": [\"name\"],", "")]
    [TestCase("\"note\":", "\"size\": { \"type\": \"integer\" }, \"note\":")]
    [TestCase("\"id\": { \"type\": \"string\" },", "\"id\": { \"type\": \"string\" }, \"weight\": { \"type\": \"integer\" },")]
    [TestCase("\"security\": [{ \"key\": [] }]", "\"security\": []")]
    [TestCase("\"items\": { \"$ref\": \"#/components/schemas/NewThing\" }", "\"items\": { \"oneOf\": [{ \"type\": \"null\" }, { \"$ref\": \"#/components/schemas/NewThing\" }] }")]
    public void What_only_adds_breaks_nothing(string from, string to) => Assert.That(After(from, to), Is.Empty);
}
