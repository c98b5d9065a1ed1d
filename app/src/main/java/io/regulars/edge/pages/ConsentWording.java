package io.regulars.edge.pages;

/**
 * What a member agrees to who wants offers again: what comes, how, how often, and how it ends. Kept
 * with the consent word for word, as proof; a change here is for consents to come.
 */
public final class ConsentWording {

    private ConsentWording() {}

    public static String of(Language language, String shop) {
        return switch (language) {
            case EN ->
                    "Yes, I want to receive offers and news from "
                            + shop
                            + " by e-mail: for my birthday, about my points and rewards, and on special occasions,"
                            + " usually no more than one message a day. I can stop at any time with the link in"
                            + " every message.";
            case VI ->
                    "Tôi đồng ý nhận ưu đãi và tin tức của "
                            + shop
                            + " qua email: vào dịp sinh nhật, về điểm và quà của tôi, và trong những dịp đặc biệt,"
                            + " thường không quá một thư mỗi ngày. Tôi có thể từ chối bất cứ lúc nào bằng đường dẫn"
                            + " trong mỗi thư.";
        };
    }
}
