using OnBehalf.Engine.Attributions;

namespace OnBehalf.Tests.Engine.Attributions;

/// <summary>People from what lists, mail systems and bots send with.</summary>
public sealed class SenderRulesTests
{
    [Theory]
    [InlineData("j.talbot@acme.example")]
    [InlineData("rootes@acme.example")]
    [InlineData("anna@acme.example")]
    public void People(string address) => Assert.True(SenderRules.CanBePerson(address));

    [Theory]
    [InlineData("list-bounces@acme.example")]
    [InlineData("list-bounces+anna=acme.example@acme.example")]
    [InlineData("deploy-bot@acme.example")]
    [InlineData("bot@acme.example")]
    [InlineData("root@acme.example")]
    [InlineData("no-reply@acme.example")]
    [InlineData("mailer-daemon@acme.example")]
    [InlineData("s-1-5-18")]
    [InlineData("")]
    public void Not_people(string address) => Assert.False(SenderRules.CanBePerson(address));
}
