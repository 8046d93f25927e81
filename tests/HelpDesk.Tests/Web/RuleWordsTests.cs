using System.ComponentModel.DataAnnotations;
using HelpDesk.Web;

namespace HelpDesk.Tests.Web;

/// <summary>Asked of the framework's own attributes: where their words change, these fail.</summary>
public sealed class RuleWordsTests
{
    private static readonly TestCaseData[] Rules =
    [
        new TestCaseData(new RequiredAttribute(), "must not be blank"),
        new TestCaseData(new StringLengthAttribute(200) { MinimumLength = 1 }, "must be 1 to 200 characters long"),
        new TestCaseData(new StringLengthAttribute(200), "must be at most 200 characters long"),
        new TestCaseData(new MinLengthAttribute(1), "must have at least 1 in it"),
        new TestCaseData(new MaxLengthAttribute(100), "must have at most 100 in it"),
        new TestCaseData(new System.ComponentModel.DataAnnotations.RangeAttribute(1, 5), "must be from 1 to 5"),
    ];

    [TestCaseSource(nameof(Rules))]
    public void An_attributes_rule_is_told_like_every_other(ValidationAttribute attribute, string words) =>
        Assert.That(RuleWords.Of(attribute.FormatErrorMessage("Order Lines")), Is.EqualTo(words));

    [Test]
    public void Words_of_our_own_stay_as_they_are() => Assert.That(RuleWords.Of("must lie ahead"), Is.EqualTo("must lie ahead"));
}
