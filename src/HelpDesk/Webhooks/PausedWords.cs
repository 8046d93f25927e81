namespace HelpDesk.Webhooks;

/// <summary>What the desk's administrators are written when a webhook was paused.</summary>
internal static class PausedWords
{
    /// <param name="name">Whom it is for.</param>
    /// <param name="where">The address, and what it is for.</param>
    /// <param name="isGone">The receiver said so; otherwise every attempt had failed.</param>
    public static (string Subject, string Text) Of(string language, string name, Guid id, string where, bool isGone) => language switch
    {
        "tr" => (
            "Bir webhook duraklatıldı",
            $"""
            Merhaba {name},

            {where} adresine giden webhook duraklatıldı: {(isGone ? "alıcı 410 (kalıcı olarak kaldırıldı) yanıtını verdi" : "uzun süredir hiçbir deneme başarılı olmadı")}.

            Hiçbir olay kaybolmadı. Alıcıyı düzelttikten sonra webhook'u devam ettirin: PATCH /v1/webhooks/{id} isteğini "paused": false ile gönderin. Bekleyen olaylar sırasıyla gönderilir.
            """),
        "fi" => (
            "Webhook on keskeytetty",
            $"""
            Hei {name},

            Webhook osoitteeseen {where} on keskeytetty: {(isGone ? "vastaanottaja vastasi 410 (poistunut pysyvästi)" : "mikään yritys ei ole pitkään aikaan onnistunut")}.

            Yhtään tapahtumaa ei ole kadonnut. Kun vastaanottaja on kunnossa, jatka lähettämistä pyynnöllä PATCH /v1/webhooks/{id} ja arvolla "paused": false. Odottavat tapahtumat lähtevät järjestyksessä.
            """),
        _ => (
            "A webhook was paused",
            $"""
            Hello {name},

            The webhook to {where} was paused: {(isGone ? "the receiver answered 410 (gone for good)" : "every attempt has failed for a long time")}.

            No event is lost. Once the receiver is mended, let it go on: send PATCH /v1/webhooks/{id} with "paused": false. The events that wait are sent in their order.
            """),
    };
}
