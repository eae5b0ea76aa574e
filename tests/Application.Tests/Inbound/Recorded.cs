using System.Text;
using Mainstreet.Application.Inbound;

namespace Mainstreet.Application.Tests.Inbound;

/// <summary>Notifications as providers send them, with names and numbers made up.</summary>
internal static class Recorded
{
    public const string Stripe = """
        {
          "id": "evt_1NG8Du2eZvKYlo2CUI79vXWy",
          "object": "event",
          "account": "acct_1032D82eZvKYlo2C",
          "api_version": "2019-02-19",
          "created": 1686089970,
          "data": { "object": { "id": "ca_4DYEHGk7yTo3ggPMIfUOLGFqfFfqGXvP", "object": "application", "name": "Shop" } },
          "livemode": false,
          "pending_webhooks": 0,
          "type": "account.application.deauthorized"
        }
        """;

    public const string WhatsApp = """
        {"object":"whatsapp_business_account","entry":[{"id":"102290129340398","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550783881","phone_number_id":"106540352242922"},"contacts":[{"profile":{"name":"Sheena Nelson"},"wa_id":"16505551234"}],"messages":[{"from":"16505551234","id":"wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQTRBNjU5OUFFRTAzODEwMTQ0RgA=","timestamp":"1749416383","type":"text","text":{"body":"Does it come in another color?"}}]},"field":"messages"}]}]}
        """;

    public const string WhatsAppStatus = """
        {"object":"whatsapp_business_account","entry":[{"id":"102290129340398","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550783881","phone_number_id":"106540352242922"},"statuses":[{"id":"wamid.1","status":"delivered","timestamp":"1750263773","recipient_id":"16505551234"},{"id":"wamid.2","status":"read","timestamp":"1750263774","recipient_id":"16505551234"}]},"field":"messages"}]}]}
        """;

    public const string Voicenter = """
        {"caller":"972501234567","target":"972722776772","time":1753264800,"duration":0,"ivruniqueid":"202507230943330101b5c2fcb3c7c1","type":"Incoming Call","status":"NOANSWER","targetextension":"SIPSIP","callerextension":"","did":"0722776772","queueid":0,"queuename":"","record":"","price":0,"dialtime":12,"representative_name":"","IVR":[]}
        """;

    public const string Greeninvoice = """
        {"id":"8a1f0d3e-3f5a-4d0c-9c0a-1f6f9b6c2d11","event":"document.created","businessId":"2b0a9a37-6a0c-4b38-8b5a-0f8f9f1e1c01","type":320,"number":"50012","creationDate":1753264800,"total":118,"currency":"ILS","recipient":{"name":"Dana Levi","phone":"0501234567"}}
        """;

    public const string ICount = "cid=acme&doctype=invrec&docnum=2041&client_name=Dana+Levi&total=118.00";

    public const string ToyyibPay = "refno=TP2507231234567&status=1&reason=Approved&billcode=gcbhict9&order_id=ORD-17&amount=1200&transaction_time=2025-07-23+18%3A00%3A00";

    public const string Google = """
        {"message":{"attributes":{},"data":"eyJuYW1lIjoiYWNjb3VudHMvMS9sb2NhdGlvbnMvMiIsInR5cGUiOiJORVdfUkVWSUVXIn0=","messageId":"2070443601311540","message_id":"2070443601311540","publishTime":"2025-07-23T10:00:00.789Z","publish_time":"2025-07-23T10:00:00.789Z"},"subscription":"projects/acme/subscriptions/reviews"}
        """;

    public static InboundRequest Request(string body, DateTimeOffset at, (string Name, string Value)[] headers, (string Name, string Value)[]? query = null) => new(
        Encoding.UTF8.GetBytes(body.ReplaceLineEndings("\n")), headers.ToDictionary(header => header.Name, header => header.Value),
        (query ?? []).ToDictionary(parameter => parameter.Name, parameter => parameter.Value), at);
}
