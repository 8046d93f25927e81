using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Inbound;

/// <summary>A desk that is written to at support@desk.example.</summary>
internal abstract class InboundFixture : DeskFixture
{
    protected override IEnumerable<(string Key, string Value)> Settings => [("Inbound:Address", "support@desk.example"), ("Inbound:MaxBytes", "2000000")];

    protected Task<HttpResponseMessage> Mail(string mail, string query = "", HttpClient? client = null) => Mail(RawMail.Bytes(mail), query, client);

    protected async Task<HttpResponseMessage> Mail(byte[] raw, string query = "", HttpClient? client = null)
    {
        using var content = new ByteArrayContent(raw);
        content.Headers.ContentType = new MediaTypeHeaderValue("message/rfc822");
        return await (client ?? Desk.Admin).PostAsync($"/v1/inbound/email{query}", content);
    }

    protected Task<JsonNode> Filed(string mail, string query = "", HttpStatusCode expected = HttpStatusCode.Created) => Mail(mail, query).Json(expected);

    protected Task<JsonNode> TicketOf(JsonNode filed) => Desk.Admin.GetAsync($"/v1/tickets/{filed["ticketId"]}").Json();

    /// <summary>The Message-ID, without brackets, of the last mail that went out on the ticket.</summary>
    protected async Task<string> Sent(JsonNode ticket) => ((string)(await Deliveries(ticket))[^1]["messageId"]!).Trim('<', '>');

    protected async Task<IReadOnlyList<JsonNode>> Messages(JsonNode ticket) => [.. (await Read(ticket, "/messages"))["items"]!.AsArray().OfType<JsonNode>()];
}
