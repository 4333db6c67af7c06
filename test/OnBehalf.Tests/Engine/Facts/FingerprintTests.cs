using System.Text;
using OnBehalf.Engine.Facts;

namespace OnBehalf.Tests.Engine.Facts;

/// <summary>Fingerprints and message keys are stored: they are the same in every version, and differ when one bit does.</summary>
public sealed class FingerprintTests
{
    // One of each length at which another branch is taken. Whoever has to change these makes every store there is unreadable.
    [Theory]
    [InlineData(0, "00d70fbc5777ede8", "b00c0e901849fc8a")]
    [InlineData(1, "6e455cdb1e1063db", "5a21db25661059c1")]
    [InlineData(2, "f86a9728b929c05e", "c54e1bcfdabc81b5")]
    [InlineData(3, "e6ef03a444b98056", "e9198d2c9aafe965")]
    [InlineData(4, "7d2c2713fbdb76b9", "bd6994cfd22b1dfb")]
    [InlineData(7, "78464081f5fed312", "f3ee98d91a7ebf0d")]
    [InlineData(8, "27d256e7423e8279", "2e5b77e5dfee2089")]
    [InlineData(15, "4cab83f61ce2d9e6", "0ccef5368bd75cb9")]
    [InlineData(16, "15846d2173559584", "1fc7b32d990c4078")]
    [InlineData(17, "2583a6a27449b7a5", "e8330bc20903fde9")]
    [InlineData(32, "645761d4bd545769", "13dc429cc25fddd4")]
    [InlineData(37, "0fd8a591af9b13d1", "69e1247d045ea7db")]
    public void A_fingerprint_is_the_same_in_every_version(int length, string high, string low)
    {
        byte[] bytes = [.. Enumerable.Range(1, length).Select(n => (byte)(n * 7 % 256))];

        var found = Fingerprint.Wide(bytes);

        Assert.Equal((high, low), ($"{found.High:x16}", $"{found.Low:x16}"));
        Assert.Equal(found.High ^ found.Low, Fingerprint.Of(bytes));
    }

    [Fact]
    public void Two_fingerprints_are_joined_the_same_way_in_every_version() => Assert.Equal(
        "525c681575108f12 ecce9d551bae8a6a bed58b89119b49f0",
        $"{Fingerprint.Join(1, 2):x16} {Fingerprint.Join(2, 1):x16} {Fingerprint.Join(0, ulong.MaxValue):x16}");

    [Fact]
    public void Every_bit_and_the_length_matter()
    {
        for (var length = 0; length <= 50; length++)
        {
            var bytes = new byte[length];
            new Random(length).NextBytes(bytes);
            var seen = new HashSet<ulong> { Fingerprint.Of(bytes) };
            for (var bit = 0; bit < 8 * length; bit++)
            {
                bytes[bit / 8] ^= (byte)(1 << bit % 8);
                Assert.True(seen.Add(Fingerprint.Of(bytes)), $"length {length}, bit {bit}");
                bytes[bit / 8] ^= (byte)(1 << bit % 8);
            }
            Assert.True(seen.Add(Fingerprint.Of([.. bytes, 0])), $"length {length}, one more");
        }
    }

    [Theory]
    [InlineData("1@acme.example")]
    [InlineData("<1@acme.example>")]
    [InlineData(" \t<1@acme.example>\r\n")]
    [InlineData("< 1@acme.example\t>")]
    public void A_message_id_is_what_stands_between_its_brackets(string written)
    {
        var key = MessageKey.Of(written);

        Assert.Equal(new(Fingerprint.Wide("1@acme.example"u8).High, Fingerprint.Wide("1@acme.example"u8).Low), key);
        Assert.Equal(key, MessageKey.Of(Encoding.UTF8.GetBytes(written)));
        Assert.False(key.IsNone);
    }

    [Theory]
    [InlineData("<1@acme.example")]
    [InlineData("1@acme.example>")]
    [InlineData("1@Acme.example")]
    public void Half_a_bracket_and_other_case_are_another_id(string written) =>
        Assert.NotEqual(MessageKey.Of("1@acme.example"), MessageKey.Of(written));

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("<>")]
    [InlineData("< >")]
    public void Without_an_id_there_is_no_key(string written)
    {
        Assert.True(MessageKey.Of(written).IsNone);
        Assert.True(MessageKey.Of(Encoding.UTF8.GetBytes(written)).IsNone);
    }

    [Theory]
    [InlineData(1020)]
    [InlineData(1024)]
    [InlineData(1025)]
    [InlineData(5000)]
    [InlineData(12_000_000)]
    public void A_long_id_as_text_is_the_same_as_its_bytes(int length)
    {
        var id = new string('ä', length / 2) + "@acme.example";

        Assert.Equal(MessageKey.Of(Encoding.UTF8.GetBytes(id)), MessageKey.Of(id));
    }

    [Fact]
    public void A_key_is_sixteen_bytes_and_a_hexadecimal_number_and_in_the_order_of_both()
    {
        MessageKey[] keys = [new(0, 0), new(0, 1), new(0, ulong.MaxValue), new(1, 0), new(1, 7), new(ulong.MaxValue, 3)];
        var written = keys.Select(Written).ToList();

        Assert.Equal("00000000000000010000000000000007", keys[4].ToString());
        Assert.All(keys.Zip(written), one => Assert.Equal(one.First.ToString(), one.Second, ignoreCase: true));
        Assert.Equal(keys, written.Select(hex => MessageKey.Read(Convert.FromHexString(hex))));
        Assert.True(MessageKey.Read(new byte[15]).IsNone);
        Assert.Equal([true, false, false, false, false, false], keys.Select(key => key.IsNone));
        for (var i = 0; i < keys.Length; i++)
            for (var j = 0; j < keys.Length; j++)
                Assert.Equal(i.CompareTo(j), Math.Sign(keys[i].CompareTo(keys[j])));
    }

    static string Written(MessageKey key)
    {
        var bytes = new byte[16];
        key.Write(bytes);
        return Convert.ToHexString(bytes);
    }
}
